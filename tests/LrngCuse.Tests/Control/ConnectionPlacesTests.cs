// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Control;

namespace LrngCuse.Tests.Control;

[TestFixture]
internal sealed class ConnectionPlacesTests
{
    private const uint Greedy = 1000;

    [Test]
    public void A_user_has_so_many_and_no_more()
    {
        var places = new ConnectionPlaces();
        TakeAll(places, Greedy, ConnectionPlaces.PerUser);
        Assert.That(places.Take(Greedy), Is.EqualTo($"user 1000 has {ConnectionPlaces.PerUser} control connections already"));
        Assert.That(places.Take(Greedy + 1), Is.Null);
        places.Release(Greedy);
        Assert.That(places.Take(Greedy), Is.Null);
        Assert.That(places.Take(Greedy), Is.Not.Null);
    }

    [Test]
    public void Many_users_leave_the_places_of_administrators_alone()
    {
        var places = new ConnectionPlaces();
        for (uint user = 0; user < ConnectionPlaces.OfUsers / ConnectionPlaces.PerUser; user++)
        {
            TakeAll(places, user, ConnectionPlaces.PerUser);
        }

        Assert.That(places.Take(Greedy), Does.StartWith($"the daemon has {ConnectionPlaces.OfUsers} control connections"));
        TakeAll(places, null, ConnectionPlaces.OfAdministrators);
        Assert.That(places.Take(null), Does.StartWith("administrators have"));
        places.Release(null);
        Assert.That(places.Take(null), Is.Null);

        // A refusal has taken nothing.
        places.Release(0);
        Assert.That(places.Take(Greedy), Is.Null);
    }

    private static void TakeAll(ConnectionPlaces places, uint? user, int number)
    {
        for (int i = 0; i < number; i++)
        {
            Assert.That(places.Take(user), Is.Null);
        }
    }
}
