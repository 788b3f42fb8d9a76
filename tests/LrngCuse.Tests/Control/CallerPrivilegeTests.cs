// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Control;

namespace LrngCuse.Tests.Control;

/// <summary>CAP_SYS_ADMIN of a caller, read from a made-up /proc. Default deny.</summary>
[TestFixture]
internal sealed class CallerPrivilegeTests
{
    private const string InitialMap = "         0          0 4294967295\n";
    private const string AllCapabilities = "000001ffffffffff";

    // CAP_SYS_ADMIN is bit 21.
    private const string OnlySysAdmin = "0000000000200000";
    private const string AllButSysAdmin = "000001ffffdfffff";

    [TestCase(0u, AllCapabilities, "42", InitialMap, ExpectedResult = true)]
    [TestCase(0u, OnlySysAdmin, "42", InitialMap, ExpectedResult = true)]
    [TestCase(0u, AllButSysAdmin, "42", InitialMap, ExpectedResult = false)]
    [TestCase(0u, "0000000000000000", "42", InitialMap, ExpectedResult = false)]
    [TestCase(0u, "garbage", "42", InitialMap, ExpectedResult = false)]
    [TestCase(1000u, AllCapabilities, "42", InitialMap, ExpectedResult = false)]
    [TestCase(0u, AllCapabilities, "42\t7", InitialMap, ExpectedResult = false)]
    [TestCase(0u, AllCapabilities, "42", "         0     100000      65536\n", ExpectedResult = false)]
    public bool Facts(uint userId, string capabilities, string processIds, string map)
    {
        string proc = MakeProc();
        string caller = Path.Combine(proc, "42");
        Directory.CreateDirectory(caller);
        File.WriteAllText(
            Path.Combine(caller, "status"),
            $"Name:\tx\nNSpid:\t{processIds}\nCapInh:\t{AllCapabilities}\nCapPrm:\t{AllCapabilities}\nCapEff:\t{capabilities}\n");
        File.WriteAllText(Path.Combine(caller, "uid_map"), map);
        return CallerPrivilege.HasSysAdmin(42, userId, proc);
    }

    [Test]
    public void A_caller_that_is_gone_has_no_privilege() => Assert.That(CallerPrivilege.HasSysAdmin(42, 0, MakeProc()), Is.False);

    private static string MakeProc()
    {
        string proc = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"proc-{TestContext.CurrentContext.Test.ID}");
        Directory.CreateDirectory(Path.Combine(proc, "self"));
        File.WriteAllText(Path.Combine(proc, "self", "uid_map"), InitialMap);
        return proc;
    }
}
