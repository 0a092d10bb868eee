using System.Text.Json.Serialization;
using Parley.Server.Rooms;

namespace Parley.Server.Signalling;

/// <summary>The JSON contracts of everything the server sends.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JoinAnswer))]
[JsonSerializable(typeof(DiagnoseAnswer))]
[JsonSerializable(typeof(DiagnoseAnswer.Refused), TypeInfoPropertyName = "DiagnoseRefused")]
[JsonSerializable(typeof(Result))]
[JsonSerializable(typeof(IceServersResult))]
[JsonSerializable(typeof(RoomMessage.Welcome))]
[JsonSerializable(typeof(RoomMessage.Away))]
[JsonSerializable(typeof(RoomMessage.Displaced))]
[JsonSerializable(typeof(RoomMessage.Offer))]
[JsonSerializable(typeof(RoomMessage.Answer))]
[JsonSerializable(typeof(RoomMessage.Candidate))]
[JsonSerializable(typeof(RoomMessage.Media))]
[JsonSerializable(typeof(RoomMessage.Left))]
internal sealed partial class SignallingJson : JsonSerializerContext;
