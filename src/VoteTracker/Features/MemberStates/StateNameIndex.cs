using System.Reflection;
using CsvHelper;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Features.MemberStates;

/// <summary>
/// Finds a state by a name: the names of `data/member-states.csv` in six languages, the aliases of
/// `data/member-state-aliases.csv`, and the codes, by their <see cref="StateNameWords"/>. A name of several states, such as
/// Congo, finds all of them.
/// </summary>
internal sealed class StateNameIndex
{
    private const int MostSuggestions = 5;

    private static readonly string[] NameColumns =
    [
        "undl_name",
        "name_en",
        "name_fr",
        "name_es",
        "name_ru",
        "name_zh",
        "name_ar",
        "formal_en",
    ];

    private static readonly Lazy<StateNameIndex> OfShippedNames = new(() => new StateNameIndex());

    private readonly Dictionary<string, ListedState> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _codes = new(StringComparer.Ordinal);

    private StateNameIndex()
    {
        using (var csv = Open("data/member-states.csv"))
        {
            while (csv.Read())
            {
                Add(csv);
            }
        }
        using var aliases = Open("data/member-state-aliases.csv");
        while (aliases.Read())
        {
            var (alias, iso3) = (aliases.Text("alias")!, aliases.Text("iso3")!);
            _states[iso3].Aliases.Add(alias);
            AddName(alias, iso3);
        }
    }

    /// <summary>The index of the files that the program ships with, made on first use.</summary>
    public static StateNameIndex Shipped => OfShippedNames.Value;

    /// <summary>Whether there is a state with this code.</summary>
    public bool Contains(string iso3) => _states.ContainsKey(iso3);

    /// <summary>The names that no official list has; empty if the state has none or the code is unknown.</summary>
    public IReadOnlyList<string> AliasesOf(string iso3) =>
        _states.TryGetValue(iso3, out var state) ? state.Aliases : [];

    /// <summary>The codes of the states with this name: none, one, or several if the name is ambiguous.</summary>
    public IReadOnlyList<string> Find(string name)
    {
        if (_codes.TryGetValue(KeyOf(name), out var codes))
        {
            return codes;
        }
        var (first, second) = Split(name);
        // `Korea, Republic of` and `Korea (Republic of)` are `Republic of Korea`; `Myanmar (Burma)` has two names.
        return second.Length == 0 ? []
            : _codes.TryGetValue(KeyOf($"{second} {first}"), out codes) ? codes
            : [.. Find(first).Intersect(Find(second), StringComparer.Ordinal)];
    }

    /// <summary>The code of the state with an ISO 3166-1 alpha-2 code; null if there is none.</summary>
    public string? FindByIso2(string iso2) =>
        _states.Values.FirstOrDefault(state => iso2.Equals(state.Iso2, StringComparison.OrdinalIgnoreCase))?.Iso3;

    /// <summary>The code of the state with an M49 code, also without leading zeros; null if there is none.</summary>
    public string? FindByM49(string m49) =>
        CsvCells.TryWhole(m49, out var number)
            ? _states
                .Values.FirstOrDefault(state => CsvCells.TryWhole(state.M49 ?? "", out var known) && known == number)
                ?.Iso3
            : null;

    /// <summary>The name of a state for messages, with its code: `Norway (NOR)`.</summary>
    public string Describe(string iso3) => $"{_states[iso3].Name} ({iso3})";

    /// <summary>The name of a state in the UN's roll calls, for messages.</summary>
    public string RecordNameOf(string iso3) => _states[iso3].RecordName ?? _states[iso3].Name;

    /// <summary>The codes of states with similar names: a name with the same words, or one with few other letters.</summary>
    public IReadOnlyList<string> FindSimilar(string name)
    {
        var words = StateNameWords.ListWords(name).ToList();
        var members = _states.Values.Where(state => state.Iso2 is not null).ToList();
        var similar = members
            .Where(state => state.Words.Any(known => words.Count > 0 && words.TrueForAll(known.Contains)))
            .Select(state => state.Iso3)
            .ToList();
        return similar.Count > MostSuggestions ? []
            : similar.Count > 0 ? similar
            :
            [
                .. members
                    .Where(state => ClosestName.Find(name, state.AllNames) is not null)
                    .Select(state => state.Iso3)
                    .Take(MostSuggestions),
            ];
    }

    private void Add(CsvReader csv)
    {
        var state = new ListedState
        {
            Iso3 = csv.Text("iso3")!,
            Iso2 = csv.Text("iso2"),
            M49 = csv.Text("m49"),
            Name = csv.Text("name_en")!,
            RecordName = csv.Text("undl_name"),
        };
        _states.Add(state.Iso3, state);
        AddKey(KeyOf(state.Iso3), state.Iso3);
        if (state.Iso2 is { } iso2)
        {
            AddKey(KeyOf(iso2), state.Iso3);
        }
        foreach (var name in NameColumns.Select(csv.Text).OfType<string>())
        {
            AddName(name, state.Iso3);
            // Iran (Islamic Republic of) is also Iran.
            var end = name.IndexOfAny(['(', '（']);
            if (end > 0)
            {
                AddName(name[..end], state.Iso3);
            }
        }
    }

    private void AddName(string name, string iso3)
    {
        var state = _states[iso3];
        state.AllNames.Add(name);
        state.Words.Add([.. StateNameWords.ListWords(name)]);
        AddKey(KeyOf(name), iso3);
    }

    private void AddKey(string key, string iso3)
    {
        if (!_codes.TryGetValue(key, out var codes))
        {
            _codes.Add(key, codes = []);
        }
        if (!codes.Contains(iso3))
        {
            codes.Add(iso3);
        }
    }

    // Without blanks, because programs remove apostrophes and hyphens: `Cote dIvoire`, `Guinea Bissau`.
    private static string KeyOf(string name) => string.Concat(StateNameWords.ListWords(name));

    // The parts before and after a comma or a bracket.
    private static (string First, string Second) Split(string name)
    {
        var at = name.IndexOfAny([',', '，', '،', '(', '（', '[']);
        return at < 0 ? (name, "") : (name[..at], name[(at + 1)..]);
    }

    private static CsvReader Open(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Csv.Read(bytes);
    }
}
