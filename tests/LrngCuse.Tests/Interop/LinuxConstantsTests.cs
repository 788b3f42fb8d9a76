// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using System.Globalization;
using System.Reflection;
using LrngCuse.Interop;

namespace LrngCuse.Tests.Interop;

/// <summary>Constants and layouts that the program repeats, compared with the headers by compiling them.</summary>
[TestFixture]
internal sealed class LinuxConstantsTests
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <linux/capability.h>
        #include <linux/fuse.h>
        #include <linux/random.h>
        #include <poll.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <sys/mman.h>
        #include <sys/mount.h>
        #include <sys/prctl.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include "lrng.h"
        #include "lrng_shim.h"
        """;

    [Test]
    public void Constants_are_those_of_the_headers()
    {
        Dictionary<string, long> ours = Constants(typeof(Linux));
        Assert.That(ours, Has.Count.GreaterThan(20));
        Assert.That(FromHeaders(ours.Keys), Is.EqualTo(ours));
    }

    [Test]
    public void Requests_are_those_of_the_public_header()
    {
        Dictionary<string, long> ours = Constants(typeof(LrngHeader));
        Assert.That(FromHeaders(ours.Keys), Is.EqualTo(ours));
    }

    [Test]
    public void Operations_kinds_and_features_are_those_of_the_shim()
    {
        Dictionary<string, long> ours = Constants(typeof(Shim));
        foreach (Shim.lrng_shim_operation operation in Enum.GetValues<Shim.lrng_shim_operation>())
        {
            ours.Add(operation.ToString(), (long)operation);
        }

        foreach (Shim.lrng_shim_file_kind kind in Enum.GetValues<Shim.lrng_shim_file_kind>())
        {
            ours.Add(kind.ToString(), (long)kind);
        }

        Assert.That(FromHeaders(ours.Keys), Is.EqualTo(ours));
    }

    [TestCase(typeof(Shim.lrng_shim_request))]
    [TestCase(typeof(Shim.lrng_shim_callbacks))]
    [TestCase(typeof(Shim.lrng_shim_buffer))]
    [TestCase(typeof(Shim.lrng_shim_attributes))]
    [TestCase(typeof(Shim.lrng_shim_range))]
    [TestCase(typeof(LrngHeader.lrng_getseed))]
    [TestCase(typeof(LrngHeader.lrng_generation))]
    [TestCase(typeof(LrngHeader.lrng_getstatus))]
    public void Fields_lie_where_the_headers_put_them(Type type)
    {
        Dictionary<string, long> ours = type.GetFields(BindingFlags.Public | BindingFlags.Instance).ToDictionary(
            field => $"offsetof(struct {type.Name}, {field.Name})",
            field => System.Runtime.InteropServices.Marshal.OffsetOf(type, field.Name).ToInt64());
        Assert.That(FromHeaders(ours.Keys), Is.EqualTo(ours));
    }

    private static Dictionary<string, long> Constants(Type type) => type
        .GetFields(BindingFlags.NonPublic | BindingFlags.Static)
        .Where(field => field.IsLiteral && field.FieldType != typeof(string))
        .ToDictionary(field => field.Name, field => Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture));

    private static Dictionary<string, long> FromHeaders(IEnumerable<string> expressions) => SystemHeaders.Evaluate(Headers, expressions);
}
