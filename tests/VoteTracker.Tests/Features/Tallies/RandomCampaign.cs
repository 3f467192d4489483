using System.Globalization;
using System.Text;

namespace VoteTracker.Tests.Features.Tallies;

/// <summary>A campaign of random changes of every kind, determined by a seed.</summary>
internal sealed class RandomCampaign(App app, int seed)
{
    // Few members, so that the same ones change again.
    private static readonly string[] Members = ["ARG", "BRA", "CHE", "IND", "KEN", "NOR", "TCD", "ZAF"];
    private static readonly string[] Positions = ["yes", "no", "abstain", "absent", "undecided"];
    private static readonly string[] Certainties = ["confirmed", "likely", "leaning"];
    private static readonly string[] Statuses = ["signed", "signed", "approached", "withdrawn"];

    private readonly Random _random = new(seed);
    private readonly List<DateTimeOffset> _moments = [];

    public string Id { get; private set; } = "";

    /// <summary>The moments of the changes, and moments in between. All are in the past.</summary>
    public IReadOnlyList<DateTimeOffset> Moments => _moments;

    public async Task Run(int changes, bool vote)
    {
        Id = await app.OpenDraft(_random.Next(2) == 0 ? new { } : new { baseline = "es-10-27" });
        Note();
        for (var i = 0; i < changes; i++)
        {
            Pass();
            await ChangeSomething();
            Note();
        }
        if (vote)
        {
            Pass();
            await RecordVote();
            Note();
            Pass();
            await CoSponsor();
            Note();
        }
        Pass();
        app.Clock.Advance(TimeSpan.FromHours(1));
        Note();
    }

    private void Note()
    {
        var now = app.Clock.GetUtcNow();
        _moments.Add(now);
        if (_random.Next(3) == 0 && now - TimeSpan.FromMicroseconds(1) >= _moments[0])
        {
            _moments.Add(now - TimeSpan.FromMicroseconds(1));
        }
    }

    // Sometimes several changes have the same moment.
    private void Pass() =>
        app.Clock.Jump(
            _random.Next(8) switch
            {
                0 or 1 => TimeSpan.Zero,
                2 => TimeSpan.FromMicroseconds(1),
                3 or 4 => TimeSpan.FromSeconds(_random.Next(1, 5_000)),
                5 or 6 => TimeSpan.FromHours(_random.Next(1, 30)),
                _ => TimeSpan.FromDays(_random.Next(1, 9)),
            }
        );

    private async Task ChangeSomething()
    {
        switch (_random.Next(12))
        {
            case < 6:
                await Done(
                    app.Lobbyist.Put(
                        $"/v1/resolutions/{Id}/stances/{Any(Members)}",
                        new
                        {
                            position = Any(Positions),
                            certainty = Any(Certainties),
                            evidence = "call",
                            reason = $"reason {_random.Next()}",
                        }
                    )
                );
                break;
            case 6:
                await Done(app.Lobbyist.Send(HttpMethod.Delete, $"/v1/resolutions/{Id}/stances/{Any(Members)}"));
                break;
            case 7:
                await EnterIneligibility();
                break;
            case 8:
                await Done(
                    app.Coordinator.Send(HttpMethod.Delete, $"/v1/member-states/{Any(Members)}/ineligibility"),
                    404
                );
                break;
            case 9:
                await Patch(new { rule = Any("two-thirds", "simple-majority") });
                break;
            case 10:
                await (
                    _random.Next(3) switch
                    {
                        0 => Patch(new { voteOn = (string?)null }),
                        1 => Patch(new { voteOn = Day(_random.Next(-2, 6)) }),
                        _ => Patch(
                            new
                            {
                                title = $"A draft, {_random.Next()}",
                                status = Any("drafting", "tabled", "withdrawn"),
                            }
                        ),
                    }
                );
                break;
            default:
                await CoSponsor();
                break;
        }
    }

    private async Task EnterIneligibility()
    {
        var from = _random.Next(-3, 4);
        var path = $"/v1/member-states/{Any(Members)}/ineligibility";
        await Done(
            app.Coordinator.Put(
                path,
                new
                {
                    from = Day(from),
                    until = _random.Next(2) == 0 ? null : Day(from + _random.Next(0, 6)),
                    reason = Any("article-19", "credentials", "other"),
                }
            )
        );
    }

    private Task CoSponsor() =>
        Done(
            app.Lobbyist.Put(
                $"/v1/resolutions/{Id}/co-sponsors/{Any(Members)}",
                new { status = Any(Statuses), role = "additional" }
            )
        );

    private async Task RecordVote()
    {
        await Patch(new { status = "tabled" });
        var names = string.Concat(
            Members.Select(m => $"{m},{Any("yes", "no", "abstain", "non-voting")}\n").Take(_random.Next(1, 9))
        );
        using var request = new HttpRequestMessage(
            HttpMethod.Put,
            $"/v1/resolutions/{Id}/roll-call?missing=non-voting&recordedOn={Day(0)}"
        );
        request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
        request.Content = new StringContent("iso3,vote\n" + names, Encoding.UTF8, "text/csv");
        await Done(app.Coordinator.SendAsync(request));
    }

    private Task Patch(object fields) => Done(app.Coordinator.Send(HttpMethod.Patch, $"/v1/resolutions/{Id}", fields));

    // Some changes are rejected and change nothing: a stance of a member that may not vote, or on a withdrawn
    // resolution.
    private static async Task Done(Task<HttpResponseMessage> sending, int orElse = 409)
    {
        using var answer = await sending;
        (answer.IsSuccessStatusCode || (int)answer.StatusCode == orElse).ShouldBeTrue(
            $"{answer.RequestMessage!.RequestUri}: {await answer.Content.ReadAsStringAsync()}"
        );
    }

    private string Day(int later) =>
        VoteTracker
            .Voting.Rules.NewYork.DayOf(app.Clock.GetUtcNow())
            .AddDays(later)
            .ToString("O", CultureInfo.InvariantCulture);

    private string Any(params string[] words) => words[_random.Next(words.Length)];
}
