namespace ClassicCall;

/// <summary>What clients say and hear. What has a wrong type, or is meant for somebody who is not in the room, goes nowhere.</summary>
internal static class Vocabularies
{
    private static string Now => DateTime.Now.ToString("h:mm tt", System.Globalization.CultureInfo.InvariantCulture).ToLowerInvariant();

    public static void Rooms(Member me)
    {
        me.On("join room", said =>
        {
            if (me.TryEnter(Text(said, 1), Text(said, 0), TellLeft))
            {
                Member[] all = [.. me.Room!.Members.Values];
                Dictionary<string, string>? Each(Func<Member, string> what) => all.Length > 1 ? all.ToDictionary(one => one.Id, what, StringComparer.Ordinal) : null;
                me.Self.Emit("join room", Each(one => one.Id)?.Keys.Where(id => id != me.Id), Each(one => one.Name), Each(one => one.Mic), Each(one => one.Video));
                me.Others.Emit("message", $"{me.Name} joined the room.", "Bot", Now);
                me.Everyone.Emit("user count", all.Length);
            }
        });
        me.On("action", said =>
        {
            string? action = Text(said, 0);
            me.Mic = action switch { "mute" => "off", "unmute" => "on", _ => me.Mic };
            me.Video = action switch { "videooff" => "off", "videoon" => "on", _ => me.Video };
            if (action is not null) { me.Others.Emit("action", action, me.Id); }
        });
        me.On("video-offer", said => me.Find(Addressee(said))?.Emit("video-offer", said.GetElement(0), me.Id, me.Name, me.Mic, me.Video));
        me.On("video-answer", said => me.Find(Addressee(said))?.Emit("video-answer", said.GetElement(0), me.Id));
        me.On("new icecandidate", said => me.Find(Addressee(said))?.Emit("new icecandidate", said.GetElement(0), me.Id));
        me.On("message", said => { if (Text(said, 0, 2000) is { } text) { me.Everyone.Emit("message", me.Shown(text), me.Name, Now); } });
        me.On("draw", said => { if (said.Count == 6) { me.Others.Emit("draw", said); } }, maxBytes: 400);
        me.On("getCanvas", _ => { if (me.Room?.Board is { } board) { me.Self.Emit("getCanvas", board); } });
        me.On("clearBoard", _ => { me.Room?.Board = null; me.Others.Emit("clearBoard"); });
        me.On("store canvas", said =>
        {
            // Only what is all here: an address of elsewhere would tell that host who comes.
            string picture = Text(said, 0, Member.MaxBoardBytes) ?? "";
            me.Room?.Board = picture.StartsWith("data:image/", StringComparison.Ordinal) ? picture : me.Room.Board;
        }, Member.MaxBoardBytes);

        void TellLeft()
        {
            me.Others.Emit("message", $"{me.Name} left the room.", "Bot", Now);
            me.Others.Emit("remove peer", me.Id);
            me.Others.Emit("user count", me.Room!.Members.Count);
        }
    }

    public static void Welcome(Member me)
    {
        me.On("join_room", said => { if (me.TryEnter("Somebody", Text(said, 0), () => me.Others.Emit("bye"))) { me.Others.Emit("welcome"); } });
        Array.ForEach(["offer", "answer", "ice"], name => me.On(name, said =>
        {
            if (Addressee(said) is { } room && room == me.Room?.Name) { me.Others.Emit(name, said.GetElement(0)); }
        }));
        me.On("candidate", said =>
        {
            if (said.TryGet(0, out Message? it) && it is { To: { } to, Candidate: var candidate })
            {
                (to == me.Room?.Name ? me.Others : (IEventEmitter?)me.Find(to))?.Emit("candidate", new { candidate, to, from = me.Id });
            }
        });
    }

    public static void Pair(Member me)
    {
        me.On("room:join", said =>
        {
            said.TryGet(0, out Message? it);
            if (me.TryEnter(it?.Email, it?.Room, () => me.Others.Emit("user:left", new { id = me.Id })))
            {
                me.Others.Emit("user:joined", new { email = me.Name, id = me.Id });
                me.Self.Emit("room:join", new { email = me.Name, room = it!.Room });
            }
        });
        Relay("user:call", "incomming:call", it => it.Offer, (from, offer) => new { from, offer });
        Relay("call:accepted", "call:accepted", it => it.Ans, (from, ans) => new { from, ans });
        Relay("peer:nego:needed", "peer:nego:needed", it => it.Offer, (from, offer) => new { from, offer });
        Relay("peer:nego:done", "peer:nego:final", it => it.Ans, (from, ans) => new { from, ans });

        void Relay(string sent, string arrives, Func<Message, JsonElement?> part, Func<string, JsonElement, object> shape) => me.On(sent, said =>
        {
            if (said.TryGet(0, out Message? it) && it is not null && part(it) is { ValueKind: JsonValueKind.Object } what)
            {
                me.Find(it.To)?.Emit(arrives, shape(me.Id, what));
            }
        });
    }

    private static string? Text(EventArguments said, int index, int max = 64) =>
        said.TryGet(index, out string? text) && text?.Length > 0 && text.Length <= max ? text : null;

    // Whom an offer, an answer or a candidate is for; after the last candidate, null comes.
    private static string? Addressee(EventArguments said) =>
        said.TryGet(0, out JsonElement what) && what.ValueKind is JsonValueKind.Object or JsonValueKind.Null ? Text(said, 1) : null;

    private sealed record Message(string? To, string? Email, string? Room, JsonElement? Offer, JsonElement? Ans, JsonElement? Candidate);
}
