using System.Globalization;
using Parley.Server.Configuration;
using Parley.Server.Seats;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>
/// Random runs against the reference. PARLEY_MODEL_SECONDS makes it search for so long, from a seed that nobody has tried;
/// PARLEY_MODEL_SEED repeats one run.
/// </summary>
public sealed class RoomModelTests : IDisposable
{
    private const int Runs = 3000;
    private const int StepsInRun = 60;

    private readonly TestFolder _folder = new();
    private readonly SeatKey _key;
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    public RoomModelTests() => _key = SeatKey.ReadOrCreate(new DataFolder(_folder.File("data")));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_happens_the_rooms_do_what_the_contract_says_and_everyone_knows_the_truth()
    {
        if (Setting("PARLEY_MODEL_SEED") is { } seed)
        {
            Try(seed);
            return;
        }

        if (Setting("PARLEY_MODEL_SECONDS") is { } seconds)
        {
            var begun = TimeProvider.System.GetTimestamp();
            var runs = 0;
            for (var next = (int)(begun & 0x3fff_ffff); TimeProvider.System.GetElapsedTime(begun).TotalSeconds < seconds; next++, runs++)
            {
                Try(next);
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{runs} runs of {StepsInRun} steps");
        }
        else
        {
            for (var next = 1; next <= Runs; next++)
            {
                Try(next);
            }
        }

        // A generator that never comes to the interesting places would find nothing there.
        string[] interesting =
        [
            "Admitted", "came back", "began again", "displaced", "RoomFull", "ServerFull", "forged", "other room", "earlier", "expired",
            "leave True", "leave False", "drop True", "drop False", "media True", "media False",
            "Delivered", "NotSeated", "UnknownParticipant", "Stale", "Away",
            "Waiting", "Locked", "PasscodeRequired", "PasscodeWrong", "Removed", "TokenInvalid", "TokenRequired",
            "doors Done", "doors Forbidden", "doors NotSeated", "let Done", "let RoomFull", "let UnknownParticipant", "let Forbidden", "let in",
            "deny Done", "deny UnknownParticipant", "give up True", "sent away", "gave way", "TooManyWait",
            "remove Done", "remove Forbidden", "remove UnknownParticipant", "outside remove True", "outside end True", "end Done", "end Forbidden",
            "hand Done", "hand Away", "hand Forbidden", "hand UnknownParticipant", "hand True", "lower Done", "lower UnknownParticipant",
            "ask Done", "ask Away", "ask Forbidden", "restored",
        ];
        interesting.ShouldAllBe(what => _seen.GetValueOrDefault(what) > 20, string.Join(", ", _seen));
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private void Try(int seed)
    {
        var steps = Step.Draw(seed, StepsInRun);
        var needsToken = seed % 4 == 0;
        if (Fails(steps, needsToken) is not { } failure)
        {
            return;
        }

        // Shorter as long as it still fails: half of the steps at a time, then fewer, at last one.
        for (var chunk = steps.Length / 2; chunk > 0; chunk /= 2)
        {
            for (var at = 0; at + chunk <= steps.Length;)
            {
                Step[] fewer = [.. steps[..at], .. steps[(at + chunk)..]];
                if (Fails(fewer, needsToken) is { } shorter)
                {
                    (steps, failure) = (fewer, shorter);
                }
                else
                {
                    at += chunk;
                }
            }
        }

        Assert.Fail($"Seed {seed} (PARLEY_MODEL_SEED={seed} repeats it): {failure}");
    }

    private string? Fails(Step[] steps, bool needsToken)
    {
        var run = new ModelRun(_key, needsToken, _seen);
        try
        {
            run.Run(steps);
            return null;
        }
        catch (Exception e)
        {
            return $"{e.Message}\n{string.Join('\n', run.Trace)}\n{(e is ModelException ? string.Empty : e)}";
        }
    }
}
