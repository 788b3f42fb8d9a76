// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Hosting;

namespace LrngCuse.Tests.Hosting;

/// <summary>Whether a service that is told to stop will be started again, as systemd's list of jobs tells it.</summary>
[TestFixture]
internal sealed class ServiceJobTests
{
    private const string OfService = "0::/system.slice/lrng-fs.service\n";

    [TestCase(OfService, "4711 lrng-fs.service restart running\n", ExpectedResult = true)]
    [TestCase(OfService, "1 a.service stop waiting\n  22   lrng-fs.service   start   waiting  \n", ExpectedResult = true)]
    [TestCase("12:cpu:/\n0::/user.slice/lrng-fs.service/payload\n", "1 lrng-fs.service restart running\n", ExpectedResult = true)]
    [TestCase(OfService, "4711 lrng-fs.service stop running\n", ExpectedResult = false)]
    [TestCase(OfService, "4711 lrng.service restart running\n", ExpectedResult = false, Description = "another unit")]
    [TestCase(OfService, "No jobs running.\n", ExpectedResult = false, Description = "kill")]
    [TestCase(OfService, "", ExpectedResult = false)]
    [TestCase(OfService, null, ExpectedResult = true, Description = "no systemd")]
    [TestCase("0::/user.slice/session-1.scope\n", "", ExpectedResult = true, Description = "another manager")]
    public bool It_goes_on(string cgroups, string? jobs) => ServiceJob.GoesOn(cgroups, jobs);
}
