using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FluentValidation;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Binding;

/// <summary>Rules that several validators share. Each message says how to fix the value.</summary>
internal static partial class ValidationRules
{
    /// <summary>The message for a missing value.</summary>
    public const string IsRequired = "is required";

    /// <summary>The message for a motion with another majority.</summary>
    public const string SimpleForMotions = "must be simple-majority for a motion (rule 85)";

    /// <summary>The value is required.</summary>
    public static IRuleBuilderOptions<T, TProperty> Required<T, TProperty>(this IRuleBuilder<T, TProperty> rule) =>
        rule.NotNull().WithMessage(IsRequired);

    /// <summary>A word of the contract is required.</summary>
    public static IRuleBuilderOptions<T, TEnum?> RequiredWord<T, TEnum>(this IRuleBuilder<T, TEnum?> rule)
        where TEnum : struct, Enum =>
        rule.NotNull().WithMessage($"is required: one of {string.Join(", ", EnumWord<TEnum>.All)}");

    /// <summary>A text with a maximum length, or null. An empty text is not valid.</summary>
    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule, int most) =>
        rule.Must(text => text is null || !string.IsNullOrWhiteSpace(text))
            .WithMessage("must not be empty; leave it out instead")
            .MaximumLength(most)
            .WithMessage($"must have {most} characters at most")
            .Must(text => text is null || !text.Contains('\0', StringComparison.Ordinal))
            .WithMessage("must not contain a NUL character");

    /// <summary>
    /// A text on one line, without control characters, and without characters that change the direction of the text after it.
    /// Other pages show it next to their own text.
    /// </summary>
    public static IRuleBuilderOptions<T, string?> OneLine<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || !text.EnumerateRunes().Any(IsLineBreaking))
            .WithMessage(
                "must be on one line, without control characters and without marks that override the direction of writing"
            );

    private static bool IsLineBreaking(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>One e-mail address with a maximum length.</summary>
    /// <remarks>The message does not show the value, because the address is personal.</remarks>
    public static IRuleBuilderOptions<T, string?> EmailAddress<T>(
        this IRuleBuilderInitial<T, string?> rule,
        int most
    ) =>
        rule.Cascade(CascadeMode.Stop)
            .Text(most)
            .Must(text => text is null || Email().IsMatch(text))
            .WithMessage(
                "must be one e-mail address, such as name@example.org: no name before it, no 'mailto:', no second address"
            );

    /// <summary>A web address.</summary>
    public static IRuleBuilderOptions<T, string?> WebAddress<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Text(2_000)
            .Must(text => text is null || IsWeb(text))
            .WithMessage("must be an address that begins with https:// or http://");

    // The dot-atom of RFC 5322 with letters of all scripts (RFC 6531), at a domain of two labels or more.
    [GeneratedRegex(
        @"^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{N}][\p{L}\p{M}\p{N}-]*\.)+[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Email();

    private static bool IsWeb(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
