using VoteTracker.Database.Audit;

namespace VoteTracker.Tests.Features.Audit;

/// <summary>The hash of an entry, as src/operations/audit.md describes it.</summary>
public sealed class AuditHashTests
{
    private static readonly AuditRow Row = new()
    {
        Seq = 1,
        At = new DateTimeOffset(2026, 11, 21, 15, 0, 0, TimeSpan.Zero).AddTicks(1_230),
        Action = "write",
        Operation = "PUT /v1/resolutions/{id}/stances/{iso3}",
        Author = "settings",
        AuthorSalt = "000102030405060708090a0b0c0d0e0f",
        Target = "id=es-10-l-34&iso3=NOR",
        TargetSalt = "101112131415161718191a1b1c1d1e1f",
        Count = 1,
    };

    // Computed with the program in the chapter.
    [Test]
    public void The_hash_is_the_one_of_the_documented_algorithm() =>
        AuditHash
            .Compute(AuditHash.Zero, Row)
            .ShouldBe("eea69a56c41faf7d5357cf9aa1ea18c6765628afee2ccae0b2bbe28c87854393");

    [Test]
    public void Texts_cannot_move_between_fields()
    {
        var hash = AuditHash.Compute(AuditHash.Zero, Row);
        (AuditRow, string)[] others =
        [
            (Row with { Action = "writ", Operation = "e" + Row.Operation }, "a letter moved"),
            (
                Row with
                {
                    Author = null,
                    AuthorSalt = null,
                    Address = Row.Author,
                    AddressSalt = Row.AuthorSalt,
                },
                "moved"
            ),
            (Row with { Seq = 2 }, "another number"),
            (Row with { At = Row.At.AddMicroseconds(1) }, "another moment"),
            (Row with { Count = 2 }, "another count"),
            (Row with { Author = null, AuthorSalt = null }, "no author"),
        ];
        foreach (var (other, why) in others)
        {
            AuditHash.Compute(AuditHash.Zero, other).ShouldNotBe(hash, why);
        }
        var erased = Row.TargetText.Erase();
        AuditHash
            .Compute(AuditHash.Zero, Row with { Target = null, TargetSalt = null, TargetDigest = erased.Digest })
            .ShouldBe(hash);
        AuditHash.Compute(AuditHash.Zero, Row with { TargetDigest = erased.Digest }).ShouldBeNull("both are there");
        AuditHash.Compute(AuditHash.Zero, Row with { TargetSalt = "x" }).ShouldBeNull("the salt is malformed");
        AuditHash.Compute("x", Row).ShouldBeNull("the hash before is malformed");
    }
}
