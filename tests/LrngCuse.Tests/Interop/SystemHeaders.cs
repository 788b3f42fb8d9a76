// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngCuse.Tests.Interop;

/// <summary>What the system's headers say, asked by compiling them.</summary>
internal static class SystemHeaders
{
    /// <summary>Prints the value of each expression by a C program.</summary>
    internal static Dictionary<string, long> Evaluate(string headers, IEnumerable<string> expressions)
    {
        string[] names = [.. expressions];
        string directory = TestContext.CurrentContext.WorkDirectory;
        string source = Path.Combine(directory, $"{TestContext.CurrentContext.Test.ID}.c");
        string program = Path.ChangeExtension(source, "out");
        string prints = string.Join('\n', names.Select(name => $"printf(\"%lld\\n\", (long long)({name}));"));
        File.WriteAllText(source, $"{headers}\nint main(void)\n{{\n{prints}\nreturn 0;\n}}\n");
        _ = Run("gcc", "-Wall", "-Werror", "-I", Repository.PathOf("native", "cuse-shim"), "-I", Repository.PathOf("native", "include"), "-o", program, source);
        long[] values = [.. Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
        return names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static string Run(string program, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors);
        return output;
    }
}
