// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Security.Cryptography;
using System.Text;
using LrngCuse.Acvp;

namespace LrngCuse.Tests.Acvp;

/// <summary>Whatever becomes of a prompt, the outcome is a response or one error.</summary>
[TestFixture]
internal sealed class PromptFuzzTests
{
    private const int Mutations = 10_000;

    // Of each kind of test one, short enough to be computed thousands of times.
    private static readonly string[] s_prompts =
    [
        """
        {"vsId":1,"algorithm":"ctrDRBG","revision":"1.0","isSample":false,"testGroups":[{"tgId":1,"testType":"AFT","derFunc":false,
        "reSeed":true,"predResistance":false,"entropyInputLen":384,"nonceLen":0,"persoStringLen":0,"additionalInputLen":16,
        "returnedBitsLen":128,"mode":"AES-256","tests":[{"tcId":1,"entropyInput":"ENTROPY","nonce":"","persoString":"",
        "otherInput":[{"intendedUse":"reSeed","additionalInput":"0011","entropyInput":"ENTROPY"},
        {"intendedUse":"generate","additionalInput":"2233","entropyInput":""}]}]}]}
        """,
        """
        [{"acvVersion":"1.0"},{"vsId":2,"algorithm":"hmacDRBG","revision":"1.0","testGroups":[{"tgId":1,"testType":"AFT","reSeed":false,
        "predResistance":true,"entropyInputLen":384,"returnedBitsLen":1001,"mode":"SHA2-512","tests":[{"tcId":1,
        "entropyInput":"ENTROPY","nonce":"00ff","otherInput":[{"intendedUse":"generate","entropyInput":"ENTROPY"}]}]}]}]
        """,
        """
        {"vsId":3,"algorithm":"SHA3-256","revision":"2.0","testGroups":[{"tgId":1,"testType":"AFT","tests":[
        {"tcId":1,"msg":"791BFE4098","len":38},{"tcId":2,"msg":"","len":0}]},{"tgId":2,"testType":"LDT","tests":[{"tcId":3,
        "largeMsg":{"content":"DE26","contentLength":16,"fullLength":1024,"expansionTechnique":"repeating"}}]}]}
        """,
        """
        {"vsId":4,"algorithm":"SHA2-256","revision":"1.0","testGroups":[{"tgId":1,"testType":"MCT","mctVersion":"alternate","tests":[
        {"tcId":1,"msg":"616263","len":24}]}]}
        """,
    ];

    private static readonly string[] s_pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "-1", "1e400", "0.5", "99999999999999999999",
        "18446744073709551616", "\"tgId\":1,", "\"tcId\":1,", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":1}}}", "\u00e9", "00",
    ];

    [Test]
    public void Every_mutation_is_a_response_or_an_error()
    {
        var draw = new Draw();
        int answered = 0, refused = 0;
        for (int number = 0; number < Mutations; number++)
        {
            byte[] prompt = Mutate(draw, s_prompts[number % s_prompts.Length].Replace("ENTROPY", new string('5', 96), StringComparison.Ordinal));
            try
            {
                // What a mutation may have made long is not computed to its end.
                long asked = 0;
                _ = VectorResponse.Of(PromptFile.Parse(prompt, "prompt.json"), (_, _, _) => { }, () => ++asked > 3);
                answered++;
            }
            catch (CommandException error)
            {
                Assert.That(error.Message, Does.StartWith("prompt.json").And.Not.Contains("   at "));
                Assert.That(error.Message, Has.Length.LessThan(400), Encoding.UTF8.GetString(prompt));
                refused++;
            }
            catch (OperationCanceledException)
            {
                answered++;
            }
            catch (Exception error) when (error is not AssertionException)
            {
                Assert.Fail($"mutation {number}: {error}\n{Encoding.UTF8.GetString(prompt)}");
            }
        }

        // Both ways have been gone.
        Assert.That(answered, Is.GreaterThan(Mutations / 100));
        Assert.That(refused, Is.GreaterThan(Mutations / 3));
    }

    private static byte[] Mutate(Draw draw, string prompt)
    {
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(prompt)];
        for (int left = 1 + draw.Below(3); left > 0 && bytes.Count > 0; left--)
        {
            int at = draw.Below(bytes.Count);
            switch (draw.Below(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << draw.Below(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(1 + draw.Below(20), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_pieces[draw.Below(s_pieces.Length)]));
                    break;
                case 4:
                    // A piece of itself again, such as a field that is there twice.
                    bytes.InsertRange(draw.Below(bytes.Count), bytes.GetRange(at, Math.Min(1 + draw.Below(60), bytes.Count - at)));
                    break;
                default:
                    ReplaceNumber(draw, bytes, at);
                    break;
            }
        }

        return [.. bytes];
    }

    // The next digits give way to another number.
    private static void ReplaceNumber(Draw draw, List<byte> bytes, int at)
    {
        int first = bytes.FindIndex(at, value => char.IsAsciiDigit((char)value));
        if (first < 0)
        {
            return;
        }

        int end = first;
        while (end < bytes.Count && char.IsAsciiDigit((char)bytes[end]))
        {
            end++;
        }

        string[] numbers = ["0", "1", "7", "8", "255", "4096", "524288", "2147483648", "4294967297", "9223372036854775808", "1e9"];
        bytes.RemoveRange(first, end - first);
        bytes.InsertRange(first, Encoding.ASCII.GetBytes(numbers[draw.Below(numbers.Length)]));
    }

    // The same numbers in each run.
    private sealed class Draw
    {
        private uint _counter;

        internal int Below(int limit) => (int)(BitConverter.ToUInt32(SHA256.HashData(BitConverter.GetBytes(_counter++))) % (uint)limit);
    }
}
