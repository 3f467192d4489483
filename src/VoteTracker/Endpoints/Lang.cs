using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Localization;

namespace VoteTracker.Endpoints;

/// <summary>The language of a JSON response or a picture. It depends on the address alone, so that shared caches have one entry for it.</summary>
internal static class Lang
{
    /// <summary>The query parameter.</summary>
    public static readonly WordParameter<LanguageCode> Parameter = new(
        "lang",
        "The language of names and sentences; English by default. Field names and words of enums are always English."
    );

    /// <summary>Reads the language; English if the parameter is missing or wrong.</summary>
    public static Language ReadLanguage(this Query query) => Language.From(query.Read(Parameter) ?? LanguageCode.En);

    /// <summary>The end of the ETag of a representation in a language: nothing for English, otherwise such as `.fr`.</summary>
    public static string TagSuffix(Language language) => language == Language.English ? "" : $".{language.Code}";

    /// <summary>A format of a representation in a language.</summary>
    public static RepresentationFormat In(this RepresentationFormat format, Language language) =>
        language == Language.English ? format : format with { TagSuffix = TagSuffix(language) + format.TagSuffix };
}

/// <summary>A response of 200 with a value whose names and sentences are in a language.</summary>
/// <param name="value">The value.</param>
/// <param name="language">The language.</param>
internal sealed class Localized<T>(T value, Language language)
    : IResult,
        IEndpointMetadataProvider,
        IStatusCodeHttpResult,
        IValueHttpResult<T>
{
    /// <inheritdoc/>
    public int? StatusCode => StatusCodes.Status200OK;

    /// <inheritdoc/>
    public T? Value => value;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) =>
        httpContext.Response.WriteAsJsonAsync(value, Json.For(language), httpContext.RequestAborted);

    /// <inheritdoc/>
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"])
        );
}

/// <summary>Creates responses with a language.</summary>
internal static class Localized
{
    /// <summary>A response of 200.</summary>
    public static Localized<T> Ok<T>(T value, Language language) => new(value, language);
}
