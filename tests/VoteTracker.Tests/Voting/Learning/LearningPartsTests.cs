using VoteTracker.Tests.Voting.Forecasts;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Learning;

/// <summary>The parts of the learned model, compared with what they are defined as.</summary>
public sealed class LearningPartsTests
{
    [TestCase("The right of peoples to self-determination", "determination people right self")]
    [TestCase("Children's rights and the girls : resolution / adopted", "children girl right")]
    [TestCase("Countries, process; 2030", "country process")]
    [TestCase("", "")]
    public void Words_are_compared_without_endings_and_frequent_words(string title, string words) =>
        string.Join(' ', ResolutionWords.Parse(title)).ShouldBe(words);

    [Test]
    public void The_agenda_item_is_read_without_its_document_and_key_words() =>
        string.Join(
                ' ',
                ResolutionWords.ParseAgenda(
                    "A/70/251 95f General and complete disarmament. DISARMAMENT--GENERAL|A/70/251 Add.1 12 Oceans (Fisheries). LAW OF THE SEA (1982 convention)"
                )
            )
            .ShouldBe("complete disarmament fishery general ocean");

    [Test]
    public void The_similarity_of_texts_is_the_cosine_of_their_weighted_words()
    {
        var index = new TextIndex([
            ["a", "b"],
            ["b", "c"],
            ["d"],
            ["a", "b"],
        ]);
        // Only the first three texts count: a is in one of them, b in two, c in one.
        var weights = index.WeightsOf(3);
        var (a, b, c) = (Math.Log(1 + 3d / 1), Math.Log(1 + 3d / 2), Math.Log(1 + 3d / 1));
        var similarities = index.Compare(index.Find(["a", "b"]), weights);
        similarities.Length.ShouldBe(3);
        similarities[0].ShouldBe(1, 1e-12);
        similarities[1].ShouldBe(b * b / Math.Sqrt((a * a + b * b) * (b * b + c * c)), 1e-12);
        similarities[2].ShouldBe(0);
        // A word that no text has makes a text longer.
        index
            .Compare(index.Find(["d", "new"]), weights)[2]
            .ShouldBe(Math.Log(4) / Math.Sqrt(2 * Math.Log(4) * Math.Log(4)), 1e-12);
    }

    [Test]
    public void Recent_votes_halve_with_their_age()
    {
        var day = new DateOnly(2020, 1, 1);
        var matrix = Matrix(
            PastResolutions.Create("74-1", "74", "", day, Vote.Yes, Vote.No),
            PastResolutions.Create("74-2", "74", "", day.AddDays(8), Vote.Yes, Vote.NonVoting)
        );
        var counts = new RecentCounts(matrix);
        counts.AddUntil(2);
        var now = counts.AsOf(day.AddDays(16).DayNumber);
        now[0][2].ShouldBe(0.25 + 0.5, 1e-12);
        now[0][0].ShouldBe(Math.Pow(2, -16 / 730.5) + Math.Pow(2, -8 / 730.5), 1e-12);
        now[4 + 1][2].ShouldBe(0.25, 1e-12);
        now[4 + 3][2].ShouldBe(0.5, 1e-12);
    }

    [Test]
    public void Agreement_is_the_weighted_share_of_equal_votes()
    {
        var day = new DateOnly(2020, 1, 1);
        var matrix = Matrix(
            PastResolutions.Create("74-1", "74", "", day, Vote.Yes, Vote.Yes, Vote.No),
            PastResolutions.Create("74-2", "74", "", day, Vote.No, Vote.Yes, Vote.NonVoting)
        );
        var agreements = new AgreementSweep(matrix).AsOf(2, day.DayNumber);
        // The information of a roll call: 0.02 + 1 − the sum of the squared shares of its votes.
        var (first, second) = (0.02 + 1 - 5 / 9d, 0.02 + 0.5);
        var (alike, both) = (5 * first + 2 * second, 9 * first + 4 * second);
        agreements[0, 1].ShouldBe((first + 3 * alike / both) / (first + second + 3), 1e-12);
        agreements[0, 2].ShouldBe((0 + 3 * alike / both) / (first + 3), 1e-12);
        agreements[1, 0].ShouldBe(agreements[0, 1]);
        var shares = agreements.NeighbourShares;
        (shares[0] + shares[1] + shares[2]).ShouldBe(1, 1e-6);
        shares[0].ShouldBe(0);
        shares[1].ShouldBeGreaterThan(shares[2]);
        // For a member without votes, all others are alike.
        shares[3 * 3].ShouldBe(1 / 3f, 1e-6f);
    }

    [Test]
    public void Kernels_count_the_votes_on_similar_resolutions()
    {
        var day = new DateOnly(2020, 1, 1);
        var matrix = Matrix(
            PastResolutions.Create("74-1", "74", "Lighthouse keepers", day, Vote.Yes, Vote.No),
            PastResolutions.Create("74-2", "74", "Lighthouse budget", day, Vote.No, Vote.No),
            PastResolutions.Create("74-3", "74", "Herring", day, Vote.Abstain, Vote.No)
        );
        const int years = 3;
        var target = new ResolutionTarget
        {
            Session = "77",
            Title = "Lighthouse keepers",
            Day = day.AddYears(years),
        };
        var similarities = new WordWeights(matrix, 3).Compare(target);
        similarities.Titles[0].ShouldBe(1, 1e-12);
        similarities.Titles[1].ShouldBeInRange(0.1, 0.5);
        similarities.Titles[2].ShouldBe(0);
        var (warm, cold) = (Count(isCold: false), Count(isCold: true));
        var age = (target.Day.DayNumber - day.DayNumber) / 365.25;
        warm[Kernel.SimilarTitle][0].ShouldBe(Math.Pow(2, -age / 3), 1e-12);
        warm[Kernel.SimilarTitle][1].ShouldBe(Math.Pow(similarities.Titles[1], 3) * Math.Pow(2, -age / 3), 1e-12);
        warm[Kernel.SimilarTitle][2].ShouldBe(0);
        warm[Kernel.Years][2].ShouldBe(Math.Pow(2, -age / 2), 1e-12);
        warm.Novelty.ShouldBe(1 - Math.Pow(2, -age / 8), 1e-12);
        // The cold view does not know the resolution with the same title.
        cold[Kernel.SimilarTitle][0].ShouldBe(0);
        cold[Kernel.SimilarTitle][1].ShouldBe(warm[Kernel.SimilarTitle][1]);
        cold[Kernel.Years][0].ShouldBe(0, 1e-12);
        cold.Novelty.ShouldBeGreaterThan(warm.Novelty);
        // The only neighbour of the first member is the second.
        warm[Kernel.NeighboursByTitle][1].ShouldBe(warm[Kernel.SimilarTitle][4 + 1], 1e-6);

        KernelCounts Count(bool isCold)
        {
            var recent = new RecentCounts(matrix);
            recent.AddUntil(3);
            return KernelCounts.Create(
                matrix,
                similarities,
                recent.AsOf(target.Day.DayNumber),
                new AgreementSweep(matrix).AsOf(3, target.Day.DayNumber),
                target.Day.DayNumber,
                isCold
            );
        }
    }

    [Test]
    public void The_rule_of_similar_titles_repeats_the_votes_on_the_same_title()
    {
        var day = new DateOnly(2020, 1, 1);
        var matrix = Matrix(
            PastResolutions.Create("74-1", "74", "Lighthouse", day, Vote.Yes, Vote.No),
            PastResolutions.Create("74-2", "74", "Herring", day, Vote.No, Vote.Yes)
        );
        var target = new ResolutionTarget
        {
            Session = "75",
            Title = "Lighthouse",
            Day = day.AddYears(1),
        };
        var chances = SimilarTitlesRule.Predict(
            matrix,
            new WordWeights(matrix, 2).Compare(target),
            target.Day.DayNumber
        );
        chances[0].Yes.ShouldBeGreaterThan(0.8);
        chances[1].No.ShouldBeGreaterThan(0.8);
        chances[2].Yes.ShouldBe(chances[2].No, 1e-12);
    }

    private static RollCallMatrix Matrix(params PastResolution[] resolutions) =>
        new(PastResolutions.Record(resolutions));
}
