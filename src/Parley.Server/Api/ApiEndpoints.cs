using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Parley.Server.JoinTokens;
using Parley.Server.Jwt;
using Parley.Server.Rooms;
using Parley.Server.Signalling;

namespace Parley.Server.Api;

/// <summary>The HTTP API below <c>/api/v1</c>: docs/api.md. Where no secret is configured, there is none.</summary>
internal static class ApiEndpoints
{
    public const string Root = "/api/v1";

    private const string RoomsPath = "/rooms";
    private const string RoomPath = "/rooms/{room}";
    private const string ParticipantPath = "/rooms/{room}/participants/{participant}";
    private const string TokensPath = "/tokens";
    private const string RoomDescription = "The name of the room, whatever its case.";
    private const int DefaultPage = 100;
    private const int MaxPage = 1000;

    public static void AddApi(this IServiceCollection services, JoinTokenOptions options)
    {
        if (options.Secrets.Count == 0)
        {
            return;
        }

        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);

            // A number is a number, and no text that has one in it: the document says so too.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddSingleton<ApiKeeper>();
        services.AddSingleton<TokenRequests>();
        services.AddApiDocument();
    }

    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<SharedSecrets>() is null)
        {
            // Said here, because of the page's files only GET is known below "/".
            endpoints.Map("/api/{**path}", static () => Results.Text("Not found.\n", statusCode: StatusCodes.Status404NotFound)).ExcludeFromDescription();
            return;
        }

        endpoints.MapApiDocument();
        var api = endpoints.MapGroup(Root).AddEndpointFilter(endpoints.ServiceProvider.GetRequiredService<ApiKeeper>());
        api.MapGet(RoomsPath, ListRooms).WithName("listRooms").WithSummary("Lists the rooms").Produces<ApiProblem>(StatusCodes.Status400BadRequest, Problems.ContentType);
        api.MapGet(RoomPath, GetRoom).WithName("getRoom").WithSummary("Shows a room and who is in it").Produces<ApiProblem>(StatusCodes.Status404NotFound, Problems.ContentType);
        api.MapDelete(RoomPath, EndRoom).WithName("endRoom").WithSummary("Ends a room for everybody in it")
            .Produces<ApiProblem>(StatusCodes.Status404NotFound, Problems.ContentType);
        api.MapDelete(ParticipantPath, RemoveParticipant).WithName("removeParticipant").WithSummary("Removes somebody from a room")
            .Produces<ApiProblem>(StatusCodes.Status404NotFound, Problems.ContentType);
        api.MapPost(TokensPath, MintToken).WithName("mintToken").WithSummary("Makes a join token, and the link that has it")
            .Accepts<ApiTokenRequest>("application/json")
            .Produces<ApiProblem>(StatusCodes.Status400BadRequest, Problems.ContentType)
            .Produces<ApiProblem>(StatusCodes.Status413PayloadTooLarge, Problems.ContentType)
            .Produces<ApiProblem>(StatusCodes.Status415UnsupportedMediaType, Problems.ContentType);

        // What has no method, or is nowhere, is no business of who has no token either.
        Refuse(api, RoomsPath, "GET");
        Refuse(api, RoomPath, "GET, DELETE");
        Refuse(api, ParticipantPath, "DELETE");
        Refuse(api, TokensPath, "POST");
        api.Map("/{**path}", Problems.UnknownPath).ExcludeFromDescription();
    }

    private static Results<Ok<ApiRooms>, JsonHttpResult<ApiProblem>> ListRooms(
        RoomDirectory rooms,
        [Description("Shows the rooms behind this name.")] string? after,
        [Description("How many rooms to show: 1 to 1000, 100 by default.")] string? limit)
    {
        var size = DefaultPage;
        if (limit is not null && (!int.TryParse(limit, System.Globalization.CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxPage))
        {
            return Problems.Invalid($"limit must be a whole number from 1 to {MaxPage}");
        }

        // One more than is shown tells whether there is more.
        RoomSnapshot[] page = [.. rooms.Snapshot().Where(room => after is null || string.CompareOrdinal(room.Name, after) > 0).Take(size + 1)];
        var shown = page.Take(size).Select(ApiRoom.Of).ToArray();
        return TypedResults.Ok(new ApiRooms(shown, page.Length > size ? shown[^1].Name : null));
    }

    private static Results<Ok<ApiRoomDetail>, JsonHttpResult<ApiProblem>> GetRoom(
        RoomDirectory rooms, [Description(RoomDescription)] string room) =>
        Words.TryRoomName(room, out var name) && rooms.Snapshot(name) is { } snapshot
            ? TypedResults.Ok(ApiRoomDetail.Of(snapshot))
            : Problems.UnknownRoom();

    private static Results<NoContent, JsonHttpResult<ApiProblem>> EndRoom(
        RoomDirectory rooms, [Description(RoomDescription)] string room) =>
        Words.TryRoomName(room, out var name) && rooms.End(name) ? TypedResults.NoContent() : Problems.UnknownRoom();

    private static Results<NoContent, JsonHttpResult<ApiProblem>> RemoveParticipant(
        RoomDirectory rooms,
        [Description(RoomDescription)] string room,
        [Description("The id of a participant of this room, present or away.")] string participant) =>
        !Words.TryRoomName(room, out var name) || rooms.Snapshot(name) is null ? Problems.UnknownRoom()
            : ParticipantId.TryParse(participant, out var id) && rooms.Remove(name, id) ? TypedResults.NoContent()
            : Problems.UnknownParticipant();

    private static Task<Results<Created<ApiToken>, JsonHttpResult<ApiProblem>>> MintToken(HttpContext context, TokenRequests requests) => requests.MintAsync(context);

    private static void Refuse(RouteGroupBuilder api, string path, string allowed) => api.Map(path, (HttpContext context) =>
    {
        // The right method with a body of another kind finds its way here too: its endpoint accepts JSON only.
        if (allowed.Split(", ").Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase))
        {
            return Problems.NotJson();
        }

        context.Response.Headers.Allow = allowed;
        return Problems.WrongMethod(allowed);
    }).ExcludeFromDescription();
}
