using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.Record;

/// <summary>
/// Loads the facts in `data/` at the start: members, groups, sessions, and the votes of the Assembly's record. Newer
/// facts bring older ones up to date; a row that a user wrote is never touched.
/// </summary>
internal sealed class LoadRecord(Db db, Facts facts, IHostEnvironment environment, ILogger<LoadRecord> log)
{
    private string Folder => Path.Combine(environment.ContentRootPath, "data");

    public async Task Handle()
    {
        var files = Directory.GetFiles(Folder, "*.csv").Order(StringComparer.Ordinal).ToList();
        var hash = Hash(files);
        var loaded = await db.Read(async connection =>
            await connection.ExecuteScalarAsync<string?>("SELECT value FROM fact WHERE name = 'sha256'")
        );
        if (loaded != hash)
        {
            await db.Write(write => Load(write, hash));
        }
        await db.Read(async connection =>
        {
            await facts.Read(connection);
            return true;
        });
    }

    private async Task<bool> Load(Write write, string hash)
    {
        var newest = Rows("facts.csv", csv => (csv.Text("key")!, Value: csv.Text("value")!))
            .ToDictionary(f => f.Item1, f => f.Value);
        var known = await write.Connection.ExecuteScalarAsync<string?>("SELECT value FROM fact WHERE name = 'version'");
        if (known is not null && Number(known) > Number(newest["version"]))
        {
            log.LogWarning("The database has newer facts (version {Known}) than this program; they are kept.", known);
            return false;
        }
        await LoadMemberStates(write);
        await LoadGroups(write);
        await LoadSessions(write);
        await LoadResolutions(write);
        foreach (var (name, value) in newest.Append(KeyValuePair.Create("sha256", hash)))
        {
            await write.Connection.ExecuteAsync(
                "INSERT INTO fact (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                new { name, value }
            );
        }
        return true;
    }

    private async Task LoadMemberStates(Write write)
    {
        var states = Rows(
            "member-states.csv",
            csv => new
            {
                Iso3 = csv.Text("iso3"),
                Iso2 = csv.Text("iso2"),
                M49 = csv.Text("m49"),
                Kind = csv.Text("kind"),
                UndlName = csv.Text("undl_name"),
                NameEn = csv.Text("name_en"),
                NameFr = csv.Text("name_fr"),
                NameEs = csv.Text("name_es"),
                NameRu = csv.Text("name_ru"),
                NameZh = csv.Text("name_zh"),
                NameAr = csv.Text("name_ar"),
                FormalEn = csv.Text("formal_en"),
                MemberFrom = csv.Day("member_from"),
                MemberUntil = csv.Day("member_until"),
                RegionalGroup = csv.Text("regional_group"),
                GroupNote = csv.Text("group_note"),
            }
        );
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO member_state (
                iso3, iso2, m49, kind, undl_name, name_en, name_fr, name_es, name_ru, name_zh, name_ar,
                formal_en, member_from, member_until, regional_group, group_note
            )
            VALUES (
                @Iso3, @Iso2, @M49, @Kind, @UndlName, @NameEn, @NameFr, @NameEs, @NameRu, @NameZh, @NameAr,
                @FormalEn, @MemberFrom, @MemberUntil, @RegionalGroup, @GroupNote
            )
            ON CONFLICT (iso3) DO UPDATE SET
                iso2 = excluded.iso2, m49 = excluded.m49, kind = excluded.kind, undl_name = excluded.undl_name,
                name_en = excluded.name_en, name_fr = excluded.name_fr, name_es = excluded.name_es,
                name_ru = excluded.name_ru, name_zh = excluded.name_zh, name_ar = excluded.name_ar,
                formal_en = excluded.formal_en, member_from = excluded.member_from,
                member_until = excluded.member_until, regional_group = excluded.regional_group,
                group_note = excluded.group_note
            """,
            states
        );
        await write.Connection.ExecuteAsync("DELETE FROM membership_break");
        await write.Connection.ExecuteAsync(
            "INSERT INTO membership_break (iso3, from_day, until_day, why) VALUES (@Iso3, @From, @Until, @Why)",
            Rows(
                "membership-breaks.csv",
                csv => new
                {
                    Iso3 = csv.Text("iso3"),
                    From = csv.Day("from"),
                    Until = csv.Day("until"),
                    Why = csv.Text("why"),
                }
            )
        );
    }

    private async Task LoadGroups(Write write)
    {
        await write.Connection.ExecuteAsync("DELETE FROM group_membership");
        await write.Connection.ExecuteAsync("DELETE FROM state_group");
        await write.Connection.ExecuteAsync(
            "INSERT INTO state_group (ordinal, key, scheme, name) VALUES (@Ordinal, @Key, @Scheme, @Name)",
            Rows(
                "groups.csv",
                csv => new
                {
                    Ordinal = csv.RowNumber,
                    Key = csv.Text("key"),
                    Scheme = csv.Text("scheme"),
                    Name = csv.Text("name"),
                }
            )
        );
        await write.Connection.ExecuteAsync(
            "INSERT INTO group_membership (group_key, iso3, from_day, until_day) VALUES (@Group, @Iso3, @From, @Until)",
            Rows(
                "group-memberships.csv",
                csv => new
                {
                    Group = csv.Text("group"),
                    Iso3 = csv.Text("iso3"),
                    From = csv.Day("from"),
                    Until = csv.Day("until"),
                }
            )
        );
    }

    private Task LoadSessions(Write write) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO session (id, number, emergency, opened_on, closed_on, subject, called_by)
            VALUES (@Id, @Number, 1, @OpenedOn, @ClosedOn, @Subject, @CalledBy)
            ON CONFLICT (id) DO UPDATE SET
                opened_on = excluded.opened_on, closed_on = excluded.closed_on,
                subject = excluded.subject, called_by = excluded.called_by
            """,
            Rows(
                "sessions.csv",
                csv => new
                {
                    Id = csv.Text("id"),
                    Number = csv.Number("number"),
                    OpenedOn = csv.Day("opened_on"),
                    ClosedOn = csv.Day("closed_on"),
                    Subject = csv.Text("subject"),
                    CalledBy = csv.Text("called_by"),
                }
            )
        );

    private async Task LoadResolutions(Write write)
    {
        var texts = Rows("resolutions.csv", RecordedText.Of);
        var votes = Rows(
                "roll-calls.csv",
                csv => (Resolution: csv.Text("resolution")!, Iso3: csv.Text("iso3")!, Vote: csv.Text("vote")!)
            )
            .ToLookup(v => v.Resolution, v => (v.Iso3, v.Vote), StringComparer.Ordinal);
        foreach (var text in texts)
        {
            await LoadResolution(write, text, [.. votes[text.Id]]);
        }
        // An amendment stands before the text it belongs to, so parents are named when all are there.
        await write.Connection.ExecuteAsync(
            "UPDATE resolution SET parent = @Parent WHERE id = @Id AND origin = 'record'",
            texts
        );
    }

    private async Task LoadResolution(Write write, RecordedText text, IReadOnlyList<(string Iso3, string Vote)> names)
    {
        var standing = await write.Connection.QuerySingleOrDefaultAsync<StandingText>(
            """
            SELECT origin, symbol, title, kind, parent, rule, status, vote_on, record_url
            FROM resolution
            WHERE id = @Id
            """,
            new { text.Id }
        );
        if (standing is null)
        {
            await Insert(write, text, names);
            return;
        }
        if (standing.Origin != "record")
        {
            log.LogInformation("{Resolution} was written by a user; the newer facts about it are left aside.", text.Id);
            return;
        }
        var rollCall = await NewestRollCall(write, text.Id);
        var sameVote = rollCall.Names.SequenceEqual(names) && rollCall.Head == text.AsRollCall;
        if (standing == text.AsStanding && sameVote)
        {
            return;
        }
        var (version, at) = await Change.Raise(write, Caller.Record, ChangeKind.Resolution, text.Id);
        await write.Connection.ExecuteAsync(
            """
            UPDATE resolution
            SET symbol = @Symbol, title = @Title, kind = @Kind, rule = @Rule, status = @Status,
                vote_on = @VotedOn, record_url = @Url, changed_by = 'record'
            WHERE id = @Id
            """,
            text
        );
        await Change.KeepFields(write, text.Id);
        if (!sameVote)
        {
            await InsertRollCall(write, text, names, version, at);
        }
    }

    private static async Task Insert(Write write, RecordedText text, IReadOnlyList<(string Iso3, string Vote)> names)
    {
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution (
                id, symbol, title, session, kind, rule, status, vote_on, visibility, record_url, origin,
                version, created_at, changed_at, changed_by
            )
            VALUES (
                @Id, @Symbol, @Title, @Session, @Kind, @Rule, @Status, @VotedOn, 'tally', @Url, 'record',
                1, @KnownFrom, @KnownFrom, 'record'
            )
            """,
            text
        );
        await Change.Append(write, Caller.Record, ChangeKind.Resolution, text.Id, version: 1, at: text.KnownFrom);
        await Change.KeepFields(write, text.Id);
        await InsertRollCall(write, text, names, version: 1, text.KnownFrom);
    }

    private static async Task InsertRollCall(
        Write write,
        RecordedText text,
        IReadOnlyList<(string Iso3, string Vote)> names,
        long version,
        DateTimeOffset at
    )
    {
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO roll_call (
                resolution, version, recorded_on, has_names, members,
                announced_yes, announced_no, announced_abstain, announced_non_voting, changed_at, changed_by
            )
            VALUES (
                @Id, @version, @VotedOn, @hasNames, @Members, @Yes, @No, @Abstain, @NonVoting, @at, 'record'
            )
            """,
            new
            {
                text.Id,
                version,
                text.VotedOn,
                hasNames = names.Count > 0,
                text.Members,
                text.Announced.Yes,
                text.Announced.No,
                text.Announced.Abstain,
                text.Announced.NonVoting,
                at,
            }
        );
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO roll_call_vote (resolution, version, member_state, vote)
            VALUES (@Id, @version, @Iso3, @Vote)
            """,
            names.Select(name => new
            {
                text.Id,
                version,
                name.Iso3,
                name.Vote,
            })
        );
    }

    private static async Task<(StandingRollCall? Head, List<(string Iso3, string Vote)> Names)> NewestRollCall(
        Write write,
        string id
    )
    {
        var names = await write.Connection.QueryAsync<(string, string)>(
            """
            SELECT member_state, vote
            FROM roll_call_vote
            WHERE resolution = @id AND version = (SELECT MAX(version) FROM roll_call WHERE resolution = @id)
            ORDER BY member_state
            """,
            new { id }
        );
        var head = await write.Connection.QueryFirstOrDefaultAsync<StandingRollCall>(
            """
            SELECT recorded_on, members, announced_yes, announced_no, announced_abstain, announced_non_voting
            FROM roll_call
            WHERE resolution = @id
            ORDER BY version DESC
            LIMIT 1
            """,
            new { id }
        );
        return (head, names.ToList());
    }

    private static string Hash(IEnumerable<string> files)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            sha.AppendData(File.ReadAllBytes(file));
        }
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private List<T> Rows<T>(string file, Func<CsvReader, T> row)
    {
        using var csv = Csv.Read(File.ReadAllBytes(Path.Combine(Folder, file)));
        var rows = new List<T>();
        while (csv.Read())
        {
            rows.Add(row(csv));
        }
        return rows;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private sealed record StandingText
    {
        public string Origin { get; init; } = "";
        public string? Symbol { get; init; }
        public string Title { get; init; } = "";
        public string Kind { get; init; } = "";
        public string? Parent { get; init; }
        public string Rule { get; init; } = "";
        public string Status { get; init; } = "";
        public DateOnly? VoteOn { get; init; }
        public string? RecordUrl { get; init; }
    }

    private sealed record StandingRollCall
    {
        public DateOnly RecordedOn { get; init; }
        public int Members { get; init; }
        public int? AnnouncedYes { get; init; }
        public int? AnnouncedNo { get; init; }
        public int? AnnouncedAbstain { get; init; }
        public int? AnnouncedNonVoting { get; init; }
    }

    /// <summary>A row of `data/resolutions.csv`.</summary>
    private sealed record RecordedText
    {
        public required string Id { get; init; }
        public required string? Symbol { get; init; }
        public required string Title { get; init; }
        public required string Session { get; init; }
        public required string Kind { get; init; }
        public required string? Parent { get; init; }
        public required string Rule { get; init; }
        public required string Status { get; init; }
        public required DateOnly VotedOn { get; init; }
        public required AnnouncedTotals Announced { get; init; }
        public required int Members { get; init; }
        public required string? Url { get; init; }

        // What comes with the service is known from the day after the vote.
        public DateTimeOffset KnownFrom => NewYork.StartOf(VotedOn.AddDays(1));

        public StandingText AsStanding =>
            new()
            {
                Origin = "record",
                Symbol = Symbol,
                Title = Title,
                Kind = Kind,
                Parent = Parent,
                Rule = Rule,
                Status = Status,
                VoteOn = VotedOn,
                RecordUrl = Url,
            };

        public StandingRollCall AsRollCall =>
            new()
            {
                RecordedOn = VotedOn,
                Members = Members,
                AnnouncedYes = Announced.Yes,
                AnnouncedNo = Announced.No,
                AnnouncedAbstain = Announced.Abstain,
                AnnouncedNonVoting = Announced.NonVoting,
            };

        public static RecordedText Of(CsvReader csv) =>
            new()
            {
                Id = csv.Text("id")!,
                Symbol = csv.Text("symbol"),
                Title = csv.Text("title")!,
                Session = csv.Text("session")!,
                Kind = csv.Text("kind")!,
                Parent = csv.Text("parent"),
                Rule = csv.Text("rule")!,
                Status = csv.Text("status")!,
                VotedOn = csv.Day("voted_on") ?? throw new FormatException("A recorded vote has a day."),
                Announced = new AnnouncedTotals(
                    csv.Number("yes") ?? throw new FormatException("A recorded vote has its yes."),
                    csv.Number("no") ?? throw new FormatException("A recorded vote has its no."),
                    csv.Number("abstain"),
                    csv.Number("non_voting")
                ),
                Members = csv.Number("members") ?? throw new FormatException("A recorded vote has its members."),
                Url = csv.Text("undl_url"),
            };
    }
}
