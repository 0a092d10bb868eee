using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Parley.Server.Api;

/// <summary>
/// What goes wrong, as RFC 9457 has it. <c>type</c> is "about:blank", which says no more than the status does; what programs tell problems
/// apart by is <c>code</c>.
/// </summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static JsonHttpResult<ApiProblem> UnknownRoom() => Of(StatusCodes.Status404NotFound, "unknown-room", "There is no such room at the moment.");

    public static JsonHttpResult<ApiProblem> UnknownParticipant() =>
        Of(StatusCodes.Status404NotFound, "unknown-participant", "There is no such participant in this room.");

    public static JsonHttpResult<ApiProblem> UnknownPath() => Of(StatusCodes.Status404NotFound, "unknown-path", "The API has nothing at this address.");

    public static JsonHttpResult<ApiProblem> Invalid(string detail) => Of(StatusCodes.Status400BadRequest, "invalid", detail);

    public static JsonHttpResult<ApiProblem> TooLarge(int bytes) =>
        Of(StatusCodes.Status413PayloadTooLarge, "too-large", $"A body has at most {bytes} bytes.");

    public static JsonHttpResult<ApiProblem> NotJson() =>
        Of(StatusCodes.Status415UnsupportedMediaType, "not-json", "The body has to be application/json.");

    public static JsonHttpResult<ApiProblem> WrongMethod(string allowed) =>
        Of(StatusCodes.Status405MethodNotAllowed, "wrong-method", $"This address knows {allowed} only.");

    public static JsonHttpResult<ApiProblem> Unauthorized(string detail) => Of(StatusCodes.Status401Unauthorized, "unauthorized", detail);

    public static JsonHttpResult<ApiProblem> TooOften() =>
        Of(StatusCodes.Status429TooManyRequests, "rate", "Too many requests from this address have failed to prove who they are; try again later.");

    private static JsonHttpResult<ApiProblem> Of(int status, string code, string detail) => TypedResults.Json(
        new ApiProblem("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail, code),
        ApiJson.Default.ApiProblem,
        ContentType,
        status);
}
