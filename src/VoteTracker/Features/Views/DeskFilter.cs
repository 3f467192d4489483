using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Gaps;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Views;

/// <summary>The filters in the address of the whip sheet: their names, and the values that each accepts.</summary>
internal sealed class DeskFilter(ReferenceData referenceData, Team team)
{
    private static readonly string[] Names = ["q", "position", "group", "show", "sort", "assignee", "gap"];
    private static readonly string[] Shows = ["mine", "open", "overdue", "silent"];
    private static readonly string[] Sorts = ["position", "age", "pivotal"];

    /// <summary>Reads a filter: with its parameters in the order of the names, and without empty ones; or what is wrong with it.</summary>
    public (string? Filter, string? Fault) Parse(string text)
    {
        var faults = new List<string>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, found) in QueryHelpers.ParseQuery(text))
        {
            if (!Names.Contains(name, StringComparer.Ordinal))
            {
                faults.Add(
                    $"{SafeText.Quote(name)} {UnknownName.Describe("is not a known filter of the desk", name, Names)}"
                );
            }
            else if (found.Count != 1)
            {
                faults.Add($"{name} must be named once");
            }
            else if (found[0] is { Length: > 0 } value)
            {
                var (read, fault) = Read(name, value);
                values[name] = read ?? value;
                if (fault is not null)
                {
                    faults.Add($"{name} {fault}");
                }
            }
        }
        return faults.Count > 0
            ? (null, string.Join("; ", faults))
            : (
                string.Join(
                    '&',
                    Names.Where(values.ContainsKey).Select(name => $"{name}={Uri.EscapeDataString(values[name])}")
                ),
                null
            );
    }

    private (string? Value, string? Fault) Read(string name, string value) =>
        name switch
        {
            "q" => value.Length > SearchText.MaxLength
                ? (
                    null,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"must have at most {SearchText.MaxLength} characters; found {value.Length}"
                    )
                )
                : (value, null),
            "position" => ReadWord(EnumWord<Position>.All, value),
            "group" => referenceData.Groups.Find(value) is not null
                ? (value, null)
                : (
                    null,
                    WrongWord.Describe(
                        "must be the key of a group, such as african-states or nam",
                        value,
                        ClosestName.Find(value, referenceData.Groups.All.Select(group => group.Key))
                    )
                ),
            "show" => ReadWord(Shows, value),
            "sort" => ReadWord(Sorts, value),
            "assignee" => ReadAssignee(value),
            _ => ReadWord(EnumWord<GapKind>.All, value),
        };

    private static (string? Value, string? Fault) ReadWord(IEnumerable<string> words, string value) =>
        words.Contains(value, StringComparer.Ordinal) ? (value, null) : (null, WrongWord.Describe(words, value));

    // The label of a key that is no longer valid finds what its holder left.
    private (string? Value, string? Fault) ReadAssignee(string value) =>
        value is TeamMembers.Me or Caller.LabelOfSettings ? (value, null)
        : team.FindKey(value) is { } key ? (key.Label, null)
        : (null, $"must be me, or the label of a key; found {SafeText.Quote(value)}{team.Suggest(value)}");
}
