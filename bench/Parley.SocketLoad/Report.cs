using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.SocketLoad;

/// <summary>What a run has found, printed as one line of JSON.</summary>
/// <param name="Count">Messages that were acknowledged, deliveries, or connections, that counted.</param>
/// <param name="PerSecond">So many of them.</param>
/// <param name="CpuMicroseconds">Processor time of the server for each.</param>
/// <param name="ServerBusy">The part of the time that the server worked, of one core.</param>
/// <param name="LoadBusy">The part of the time that this program worked, of one core; without a rate, the server is full while it is below 1.</param>
/// <param name="Median">Milliseconds from when a message was due to when its last answer came; null where that is not measured.</param>
/// <param name="Of99">The same, of the slowest but one in a hundred.</param>
internal sealed record Report(
    long Count, double PerSecond, double CpuMicroseconds, double ServerBusy, double LoadBusy, double? Median = null, double? Of99 = null)
{
    public void Print() => Console.WriteLine(JsonSerializer.Serialize(this, ReportJson.Default.Report));
}

[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJson : JsonSerializerContext;
