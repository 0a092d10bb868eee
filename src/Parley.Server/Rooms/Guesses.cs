using Parley.Server.Limits;

namespace Parley.Server.Rooms;

/// <summary>Wrong passcodes for one room: whose next one is looked at.</summary>
/// <remarks>
/// <para>
/// Two things are asked of it that pull apart. Whoever guesses must get nowhere, with however many addresses; and whoever knows the passcode
/// must get in while others guess, for otherwise a few wrong ones a second would close the room to everybody. So what an address, or a
/// network of version 6, has done counts against itself, strictly; but the bound on all together holds for those only who have guessed
/// wrong lately. The others have <see cref="FirstTries"/> of their own, and who has sat in the room has tries for its seat.
/// </para>
/// <para>
/// What that leaves to guess, by default, in a day: 2 885 passcodes from one address (5, and 2 a minute), 5 780 from one network (20, and 4 a
/// minute), and 37 092 from all addresses of the world: 28 900 (100, and 20 a minute) and 8 192 first tries (4 096 places, 2 each, anew every
/// day; so twice that within an hour, where two days meet); once in a room's life, 5 000 more from those who were in it. A passcode is 1 to 64 characters that a host chooses. Of four digits all 10 000 are tried
/// in three and a half days from one address, and in two hours from thousands of networks; of six digits in 27 days by whoever has them all; of six
/// letters in 23 years, of eight in 15 000. Hosts are told so (docs/guides/hosting.md).
/// </para>
/// <para>
/// What it costs: N networks have 2 N guesses at once, where the room's bound alone would make them wait. And whoever has that many
/// networks still keeps out, of those who are new, about one in 4 096 for each of them, and who mistypes twice; they have to be lucky then in the
/// room's bound. That is the price of not keeping out everybody.
/// </para>
/// <para>Owned by its room; called under its lock.</para>
/// </remarks>
internal sealed class Guesses(RoomLimits limits, UInt128 secret, TimeProvider time)
{
    private const int MaxAddresses = 1000;

    /// <summary>How many wrong passcodes a seat is good for, as long as the room lasts.</summary>
    private const int PerSeat = 5;

    /// <summary>Whoever has had more seats in this room than these is judged like anybody else.</summary>
    private const int MaxSeats = 1000;

    private readonly AddressAllowances _byAddress = new(limits.PasscodesPerAddress, MaxAddresses, time);
    private readonly AddressAllowances _byNetwork = new(limits.PasscodesPerNetwork, MaxAddresses, time);
    private readonly Allowance _byAll = new(limits.PasscodesPerRoom, time);
    private readonly FirstTries _firstTries = new(secret, time);
    private readonly Dictionary<ParticipantId, int> _bySeat = [];

    /// <summary>Whether a passcode is looked at, be it right or wrong.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <param name="seat">The seat that who says it is proven to have had in this room.</param>
    public bool MayTry(AddressBlock address, ParticipantId? seat) =>
        MayTry(seat)
        || (!_byAddress.IsSpent(address) && !_byNetwork.IsSpent(address.Network) && (!_byAll.IsSpent || _firstTries.Has(address)));

    /// <summary>Takes note of a wrong one that was looked at.</summary>
    public void Add(AddressBlock address, ParticipantId? seat)
    {
        if (MayTry(seat))
        {
            // Nobody else behind this address has to pay for it.
            _bySeat[seat!.Value] = _bySeat.GetValueOrDefault(seat.Value) + 1;
            return;
        }

        _byAddress.TrySpend(address);
        _byNetwork.TrySpend(address.Network);
        _byAll.TrySpend();
        _firstTries.Spend(address);
    }

    private bool MayTry(ParticipantId? seat) =>
        seat is { } id && (_bySeat.TryGetValue(id, out var wrong) ? wrong < PerSeat : _bySeat.Count < MaxSeats);
}
