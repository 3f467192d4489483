using System.Data.Common;
using Dapper;
using VoteTracker.Endpoints.Text;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>A member of the United Nations, or an observer State.</summary>
public sealed record MemberState
{
    /// <summary>ISO 3166-1 alpha-3, in capitals. It is the key of a state in the whole service.</summary>
    public required string Iso3 { get; init; }

    /// <summary>The short name, in the language of the response.</summary>
    public StateName Name => new(Iso3);

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string? Iso2 { get; init; }

    /// <summary>The UN Statistics Division's code (M49): three digits, as text.</summary>
    public required string? M49 { get; init; }

    /// <summary>`member`; `observer`: a seat, no vote, may co-sponsor; `former`: a seat that has ended.</summary>
    public required SeatKind Kind { get; init; }

    /// <summary>The name as the UN Digital Library prints it in roll calls.</summary>
    public required string? UnName { get; init; }

    /// <summary>The short name in the six official languages.</summary>
    public required Names Names { get; init; }

    /// <summary>The formal name in English.</summary>
    public required string? FormalName { get; init; }

    /// <summary>The day of its admission.</summary>
    public required DateOnly? MemberFrom { get; init; }

    /// <summary>The last day of its membership; null if it is a member.</summary>
    public required DateOnly? MemberUntil { get; init; }

    /// <summary>Its regional group's key; the five partition the members.</summary>
    public required string? RegionalGroup { get; init; }

    /// <summary>The keys of its blocs on that day; blocs overlap.</summary>
    public required IReadOnlyList<string> Blocs { get; init; }

    /// <summary>The day for which the groups and the right to vote are shown.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Whether it may vote on that day: a member, and not ineligible.</summary>
    public required bool MayVote { get; init; }

    /// <summary>The reason that it may not vote, if a coordinator entered one.</summary>
    public required IneligibilityReason? Ineligible { get; init; }

    /// <summary>Whether a search finds it: by its names in all languages, its aliases and its codes.</summary>
    internal bool Matches(SearchText search) =>
        search.Matches([
            Iso3,
            Iso2,
            M49,
            UnName,
            FormalName,
            Names.En,
            Names.Fr,
            Names.Es,
            Names.Ru,
            Names.Zh,
            Names.Ar,
            .. StateNameIndex.Shipped.AliasesOf(Iso3),
        ]);

    /// <summary>Lists all states, or one, as they are on a day.</summary>
    internal static async Task<IReadOnlyList<MemberState>> List(
        DbConnection connection,
        ReferenceData referenceData,
        DateOnly day,
        string? iso3 = null
    )
    {
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT
                m.iso3, m.iso2, m.m49, m.kind, m.undl_name, m.name_en, m.name_fr, m.name_es, m.name_ru, m.name_zh,
                m.name_ar, m.formal_en, m.member_from, m.member_until, m.regional_group, i.reason
            FROM member_state m
            LEFT JOIN ineligibility i
                ON i.member_state = m.iso3 AND i.ended_at IS NULL
                AND i.from_day <= @day AND (i.until_day IS NULL OR i.until_day >= @day)
            WHERE @iso3 IS NULL OR m.iso3 = @iso3
            ORDER BY m.iso3
            """,
            new { day, iso3 }
        );
        return [.. rows.Select(row => row.On(referenceData, day))];
    }

    private sealed record Row
    {
        public string Iso3 { get; init; } = "";
        public string? Iso2 { get; init; }
        public string? M49 { get; init; }
        public string Kind { get; init; } = "";
        public string? UndlName { get; init; }
        public string NameEn { get; init; } = "";
        public string? NameFr { get; init; }
        public string? NameEs { get; init; }
        public string? NameRu { get; init; }
        public string? NameZh { get; init; }
        public string? NameAr { get; init; }
        public string? FormalEn { get; init; }
        public DateOnly? MemberFrom { get; init; }
        public DateOnly? MemberUntil { get; init; }
        public string? RegionalGroup { get; init; }
        public string? Reason { get; init; }

        public MemberState On(ReferenceData referenceData, DateOnly day)
        {
            var groups = referenceData
                .Groups.ListFor(Iso3, day)
                .Select(key => referenceData.Groups.Find(key)!)
                .ToLookup(g => g.Scheme, g => g.Key);
            var isMember = referenceData.Roster.Find(Iso3)!.IsMemberOn(day);
            return new MemberState
            {
                Iso3 = Iso3,
                Iso2 = Iso2,
                M49 = M49,
                Kind = EnumWord<SeatKind>.Parse(Kind),
                UnName = UndlName,
                Names = new Names
                {
                    Ar = NameAr,
                    En = NameEn,
                    Es = NameEs,
                    Fr = NameFr,
                    Ru = NameRu,
                    Zh = NameZh,
                },
                FormalName = FormalEn,
                MemberFrom = MemberFrom,
                MemberUntil = MemberUntil,
                RegionalGroup = groups[GroupScheme.RegionalGroup].FirstOrDefault(),
                Blocs = [.. groups[GroupScheme.Bloc]],
                On = day,
                MayVote = isMember && Reason is null,
                Ineligible = isMember ? EnumWord<IneligibilityReason>.ParseOrNull(Reason) : null,
            };
        }
    }
}

/// <summary>A name in the six official languages of the United Nations; null if the source has none.</summary>
public sealed record Names
{
    /// <summary>Arabic.</summary>
    public required string? Ar { get; init; }

    /// <summary>English.</summary>
    public required string En { get; init; }

    /// <summary>Spanish.</summary>
    public required string? Es { get; init; }

    /// <summary>French.</summary>
    public required string? Fr { get; init; }

    /// <summary>Russian.</summary>
    public required string? Ru { get; init; }

    /// <summary>Chinese.</summary>
    public required string? Zh { get; init; }
}
