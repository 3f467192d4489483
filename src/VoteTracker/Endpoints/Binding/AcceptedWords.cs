using System.Reflection;
using FluentValidation;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Endpoints.Binding;

/// <summary>
/// The words of an enum that a field of a request accepts, as its validator decides. The contract lists them, and so does
/// the message for any other word.
/// </summary>
internal static class AcceptedWords
{
    /// <summary>The words of a property; null if it is not an enum.</summary>
    public static IReadOnlyList<string>? List(IValidator? validator, Type type, PropertyInfo property)
    {
        if (Nullable.GetUnderlyingType(property.PropertyType) is not { IsEnum: true } words)
        {
            return null;
        }
        var all = All(words);
        return validator is null
            ? all
            :
            [
                .. Enum.GetValues(words)
                    .Cast<object>()
                    .Zip(all)
                    .Where(word => !IsRefused(validator, type, property, word.First))
                    .Select(word => word.Second),
            ];
    }

    /// <summary>All words of an enum whose type is known only at run time, in the order of its values.</summary>
    public static IReadOnlyList<string> All(Type type) =>
        (IReadOnlyList<string>)
            typeof(EnumWord<>).MakeGenericType(type).GetProperty(nameof(EnumWord<Vote>.All))!.GetValue(null)!;

    private static bool IsRefused(IValidator validator, Type type, PropertyInfo property, object value)
    {
        var request = Activator.CreateInstance(type)!;
        property.SetValue(request, value);
        return validator
            .Validate(new ValidationContext<object>(request))
            .Errors.Exists(error => error.PropertyName == property.Name);
    }
}
