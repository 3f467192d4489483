using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Web.Pages;

/// <summary>The fields of a form that a page of this service sent.</summary>
internal static class PageForm
{
    private const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>
    /// The fields by name. A <see cref="ProblemException"/>: 403 if another site started the request, 415 if it is not a
    /// form, 413 or 400 if the body is too large or damaged.
    /// </summary>
    public static async Task<Fields> Read(HttpContext http)
    {
        if (!RequestOrigin.IsOwnForm(http.Request))
        {
            throw new ProblemException(Problems.OfStatus(StatusCodes.Status403Forbidden));
        }
        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new ProblemException(Problems.UnsupportedMediaType(MediaType));
        }
        using var body = await RawBody.Read(http);
        return new Fields(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Memory.Span)));
    }

    /// <summary>The fields of a form. A missing field is empty.</summary>
    internal sealed class Fields(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> values)
    {
        public string Find(string name) =>
            values.TryGetValue(name, out var found) && found.Count > 0 ? found[0] ?? "" : "";

        /// <summary>The page to which the form returns. A <see cref="ProblemException"/> with 400 if it is not a local path.</summary>
        public string FindReturn() =>
            LocalPath.Parse(Find("return"))
            ?? throw new ProblemException(
                Problems.Invalid("return", "must be a path of this service, such as /sessions/es-10")
            );
    }
}
