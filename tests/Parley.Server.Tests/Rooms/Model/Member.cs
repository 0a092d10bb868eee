using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>One connection that has been admitted, in the server and in the reference.</summary>
internal sealed class Member : IParticipantConnection
{
    private readonly List<object> _heard = [];
    private readonly List<object> _expected = [];

    /// <summary>For the eye: "c7".</summary>
    public string Name { get; set; } = "?";

    public string Room { get; init; } = string.Empty;

    public Tenure Tenure { get; private set; } = null!;

    public RoomView View { get; } = new();

    public void Send(RoomMessage message) => Hear(message);

    public void Admit(Tenure tenure, IReadOnlyList<Participant> others)
    {
        Tenure = tenure;
        Hear(new Admitted(tenure.Seat.Participant, others));
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
