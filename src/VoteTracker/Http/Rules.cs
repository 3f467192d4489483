using FluentValidation;
using VoteTracker.Voting;

namespace VoteTracker.Http;

/// <summary>Rules that several validators share; each message is the mend.</summary>
internal static class Rules
{
    /// <summary>What is said of what must be there and is not.</summary>
    public const string IsRequired = "is required";

    /// <summary>The mend of a motion that is to need another majority.</summary>
    public const string SimpleForMotions = "must be simple-majority for a motion (rule 85)";

    /// <summary>Must be there.</summary>
    public static IRuleBuilderOptions<T, TProperty> Required<T, TProperty>(this IRuleBuilder<T, TProperty> rule) =>
        rule.NotNull().WithMessage(IsRequired);

    /// <summary>A word of the contract that must be there.</summary>
    public static IRuleBuilderOptions<T, TEnum?> RequiredWord<T, TEnum>(this IRuleBuilder<T, TEnum?> rule)
        where TEnum : struct, Enum =>
        rule.NotNull().WithMessage($"is required: one of {string.Join(", ", Words<TEnum>.All)}");

    /// <summary>A text of one to so many characters, or none at all.</summary>
    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule, int most) =>
        rule.Must(text => text is null || !string.IsNullOrWhiteSpace(text))
            .WithMessage("must not be empty; leave it out instead")
            .MaximumLength(most)
            .WithMessage($"must have {most} characters at most")
            .Must(text => text is null || !text.Contains('\0', StringComparison.Ordinal))
            .WithMessage("must not contain a NUL character");

    /// <summary>A web address.</summary>
    public static IRuleBuilderOptions<T, string?> WebAddress<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Text(2_000)
            .Must(text => text is null || IsWeb(text))
            .WithMessage("must be an address that begins with https:// or http://");

    private static bool IsWeb(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
