// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LrngCuse.Interop;

namespace LrngCuse.Tests.Interop;

/// <summary>Constants and layouts of perf events, compared with the headers by compiling them.</summary>
[TestFixture]
internal sealed class PerfLayoutTests
{
    private const string Headers = """
        #include <linux/perf_event.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <string.h>
        #include <time.h>
        #include <sys/syscall.h>
        #ifndef PERF_FORMAT_LOST
        #define PERF_FORMAT_LOST (1U << 4) /* since the headers of 6.0 */
        #endif
        static inline unsigned long long flags_of(struct perf_event_attr attr)
        {
            unsigned long long word;
            memcpy(&word, (char *)&attr + 40, sizeof(word));
            return word;
        }
        """;

    [Test]
    public void Constants_are_those_of_the_headers()
    {
        Dictionary<string, long> ours = typeof(Perf)
            .GetFields(BindingFlags.NonPublic | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .ToDictionary(field => field.Name, field => Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture));
        Assert.That(ours, Has.Count.GreaterThan(14));
        Assert.That(SystemHeaders.Evaluate(Headers, ours.Keys), Is.EqualTo(ours));
    }

    [TestCase(typeof(Perf.perf_event_attr))]
    [TestCase(typeof(Perf.perf_event_mmap_page))]
    [TestCase(typeof(Perf.perf_event_header))]
    public void Fields_lie_where_the_headers_put_them(Type type)
    {
        // C's bit fields have no address; the next test looks at them.
        Dictionary<string, long> ours = type.GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Where(field => field.Name != "flags")
            .ToDictionary(
                field => $"offsetof(struct {type.Name}, {field.Name})",
                field => Marshal.OffsetOf(type, field.Name).ToInt64());
        Assert.That(SystemHeaders.Evaluate(Headers, ours.Keys), Is.EqualTo(ours));
    }

    [Test]
    public void Flags_are_the_bit_fields_of_the_headers()
    {
        Dictionary<string, long> ours = Enum.GetValues<Perf.AttributeFlags>()
            .Where(flag => flag != Perf.AttributeFlags.None)
            .ToDictionary(flag => $"flags_of((struct perf_event_attr){{ .{flag} = 1 }})", flag => (long)flag);
        Assert.That(SystemHeaders.Evaluate(Headers, ours.Keys), Is.EqualTo(ours));
    }

    [Test]
    public void The_attributes_have_a_size_that_kernels_know()
    {
        const string Size = "PERF_ATTR_SIZE_VER5";
        Assert.That(SystemHeaders.Evaluate(Headers, [Size])[Size], Is.EqualTo(Unsafe.SizeOf<Perf.perf_event_attr>()));
    }
}
