using System.Diagnostics.Metrics;
using Parley.Server.Rooms;

namespace Parley.Server.Metrics;

/// <summary>What this server measures of itself: the meter <c>Parley.Server</c>.</summary>
internal sealed class ServerMetrics
{
    public const string MeterName = "Parley.Server";

    private readonly Counter<long> _joins;
    private readonly Counter<long> _relayed;

    public ServerMetrics(IMeterFactory meterFactory, RoomDirectory rooms)
    {
        // The factory owns its meters and disposes of them.
        var meter = meterFactory.Create(MeterName);
        _joins = meter.CreateCounter<long>("parley.joins", "{join}", "Answers to join, by answer.");
        _relayed = meter.CreateCounter<long>("parley.relayed_messages", "{message}", "Offers, answers and candidates by outcome.");
        meter.CreateObservableUpDownCounter("parley.rooms", () => rooms.RoomCount, "{room}", "Rooms with a seat in them, away or not.");
        meter.CreateObservableUpDownCounter("parley.participants", () => rooms.ParticipantCount, "{participant}", "Participants in rooms, those away included.");
        meter.CreateObservableUpDownCounter(
            "parley.participants_away", () => rooms.AwayCount, "{participant}", "Participants whose seat is held without a connection.");
    }

    /// <summary>Counts an answer to <c>join</c>.</summary>
    /// <param name="answer">"admitted" for a newcomer, "returned" for who has a seat again, or the reason of the refusal.</param>
    public void Joined(string answer) => _joins.Add(1, new KeyValuePair<string, object?>("answer", answer));

    /// <summary>Counts a message from one participant to another.</summary>
    /// <param name="type">The event: "offer", "answer" or "candidate".</param>
    /// <param name="outcome">"delivered", or the code of the error.</param>
    public void Relayed(string type, string outcome) => _relayed.Add(
        1,
        new KeyValuePair<string, object?>("type", type),
        new KeyValuePair<string, object?>("outcome", outcome));
}
