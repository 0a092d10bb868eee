using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>One connection that has been admitted, or waits, in the server and in the reference.</summary>
internal sealed class Member : IParticipantConnection
{
    private readonly List<object> _heard = [];
    private readonly List<object> _expected = [];
    private readonly List<SeatClaim> _claims = [];

    /// <summary>For the eye: "c7".</summary>
    public string Name { get; set; } = "?";

    public string Room { get; init; } = string.Empty;

    public Tenure Tenure { get; private set; } = null!;

    public Waiter? Waiter { get; private set; }

    /// <summary>It has waited in vain.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>In this step it has lost its seat because others have come back.</summary>
    public bool IsRestored => _heard.Contains(new RoomMessage.Removed(RemovalReason.Restored));

    public RoomView View { get; } = new();

    public void Send(RoomMessage message)
    {
        switch (message)
        {
            case RoomMessage.Admitted admitted:
                Tenure = admitted.Tenure;
                _claims.Add(Tenure.Seat.Claim);
                Hear(new Entered(Tenure.Seat.Participant, admitted.Others, admitted.Doors, admitted.Line, Tenure.Seat.Claim));
                break;
            case RoomMessage.Waits waits:
                Waiter = waits.Waiter;
                Hear(new Waits(waits.Waiter.Id));
                break;
            default:
                IsRefused |= message is RoomMessage.Refused;
                if (message is RoomMessage.SeatToken token)
                {
                    _claims.Add(token.Claim);
                }

                Hear(message);
                break;
        }
    }

    /// <summary>What the tokens say that it was given since this was asked.</summary>
    public IReadOnlyList<SeatClaim> TakeClaims()
    {
        SeatClaim[] claims = [.. _claims];
        _claims.Clear();
        return claims;
    }

    /// <summary>By the reference, this is what comes next.</summary>
    public void Expect(object entry) => _expected.Add(entry);

    /// <summary>What came in this step must be what was expected, in its order.</summary>
    public void ShouldHaveHeardAll(Func<object, string> text)
    {
        if (_heard.Count == 0 && _expected.Count == 0)
        {
            return;
        }

        var heard = string.Join("; ", _heard.Select(text));
        var expected = string.Join("; ", _expected.Select(text));
        if (heard != expected)
        {
            throw new ModelException($"{Name} hears [{heard}] and should hear [{expected}].");
        }

        _heard.Clear();
        _expected.Clear();
    }

    private void Hear(object entry)
    {
        _heard.Add(entry);
        View.Hear(entry);
    }
}

/// <summary>Server and reference disagree.</summary>
internal sealed class ModelException(string message) : Exception(message);
