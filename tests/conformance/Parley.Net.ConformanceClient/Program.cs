using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Net.ConformanceClient;

// Uses TURN servers as a client does. Each line of the standard input is an Assignment in JSON; each line of the output says what came of it, in
// the same order.
var json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
while (await Console.In.ReadLineAsync() is { } line)
{
    Outcome outcome;
    try
    {
        outcome = await Exchange.RunAsync(JsonSerializer.Deserialize<Assignment>(line, json)!);
    }
    catch (Exception e)
    {
        // Whatever it is: it is what the test is to see.
        outcome = new Outcome(0, 0, e.ToString());
    }

    Console.WriteLine(JsonSerializer.Serialize(outcome, json));
}
