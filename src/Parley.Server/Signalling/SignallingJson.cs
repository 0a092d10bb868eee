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
[JsonSerializable(typeof(SeatEvent))]
[JsonSerializable(typeof(RoomMessage.DoorsChanged))]
[JsonSerializable(typeof(RoomMessage.RoleChanged))]
[JsonSerializable(typeof(RoomMessage.Hand))]
[JsonSerializable(typeof(RoomMessage.Waiting), TypeInfoPropertyName = "RoomWaiting")]
[JsonSerializable(typeof(RoomMessage.MuteAsked))]
[JsonSerializable(typeof(RoomMessage.Removed))]
[JsonSerializable(typeof(RoomMessage.Ended), TypeInfoPropertyName = "RoomEnded")]
internal sealed partial class SignallingJson : JsonSerializerContext;
