using System.Text;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Tests.Endpoints.Tables;

/// <summary>Text that went through a wrong encoding is recognised, and proper text in many languages is accepted.</summary>
public sealed class DamagedTextTests
{
    private static readonly string[] Proper =
    [
        "coût élevé",
        "TÜRKİYE",
        "Côte d’Ivoire",
        "São Tomé e Príncipe",
        "Łódź, Škoda, Čapek, Ağrı, Șerban și Țepeș",
        "Москва готова",
        "Η Αθήνα συμφωνεί",
        "أفريقيا",
        "南非支持",
        "Việt Nam đồng ý",
        "naïve – “quoted” – €5 …",
        "ça va, où ça ?",
    ];

    private static readonly string[] Odd =
    [
        "",
        "plain",
        "“CAFÉ”",
        "Gauß’s law, Strauß’",
        "AMANHÃ…",
        "« voilà »",
        "“le café”—he said",
        "É… ß” Ö’",
        "25 °C, ½, ©, ñ, Å, Ä",
        "🕊 peace",
    ];

    [TestCaseSource(nameof(Proper))]
    public void Text_that_was_read_in_a_wrong_encoding_is_found(string text)
    {
        DamagedText.Find(text).ShouldBeNull();
        foreach (
            var decoded in (string[])
                [Windows(text, "\u0081"), Windows(text, ""), Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text))]
        )
        {
            DamagedText.Find(decoded).ShouldNotBeNull(decoded);
            DamagedText.Find($"é – {decoded} – é").ShouldNotBeNull("also beside text that is right");
        }
    }

    [TestCaseSource(nameof(Odd))]
    public void Text_that_only_looks_damaged_is_accepted(string text) => DamagedText.Find(text).ShouldBeNull();

    [Test]
    public void A_character_that_could_not_be_decoded_is_found() =>
        DamagedText.Find("T\uFFFDrkiye").ShouldBe("T\uFFFDrkiye");

    // Bytes that Windows-1252 does not define become a control character or are lost.
    private static string Windows(string text, string undefined)
    {
        const string upper = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";
        return string.Concat(
            Encoding
                .UTF8.GetBytes(text)
                .Select(b =>
                    b is < 0x80 or >= 0xA0 ? $"{(char)b}"
                    : upper[b - 0x80] == '\0' ? undefined
                    : $"{upper[b - 0x80]}"
                )
        );
    }
}
