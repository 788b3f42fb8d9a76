// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Memory;

namespace LrngEngine.Tests.Memory;

/// <summary>The errors of the real calls arrive as errno values.</summary>
[TestFixture]
internal sealed unsafe class LinuxMemoryCallsTests
{
    private const int Enomem = 12;
    private const int Einval = 22;

    private readonly LinuxMemoryCalls _calls = new();

    [Test]
    public void Address_space_that_nobody_has() => Assert.That(_calls.Reserve(nuint.MaxValue / 2, out _), Is.EqualTo(Enomem));

    [Test]
    public void A_page_that_is_not_mapped()
    {
        var nothing = (void*)(nuint)_calls.PageBytes;
        nuint page = (nuint)_calls.PageBytes;

        Assert.Multiple(() =>
        {
            Assert.That(_calls.MakeReadWrite(nothing, page), Is.EqualTo(Enomem));
            Assert.That(_calls.Lock(nothing, page), Is.EqualTo(Enomem));
            Assert.That(_calls.Advise(nothing, page, 16), Is.EqualTo(Enomem));
            Assert.That(_calls.Unmap((void*)1, page), Is.EqualTo(Einval));
        });
    }
}
