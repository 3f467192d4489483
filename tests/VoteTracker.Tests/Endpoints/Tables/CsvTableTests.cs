using System.Text;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Tests.Endpoints.Tables;

public sealed class CsvTableTests
{
    [TestCase("1,NOR,a title,2", ",a title,2")]
    [TestCase("1,NOR,\"a, title\",2", "\"a, title\",2")]
    [TestCase("\"1\"\"\",NOR,a title,2", ",a title,2")]
    public void The_end_of_a_row_begins_before_its_cell(string row, string expected) => RowFrom(row).ShouldBe(expected);

    // These cells are decoded, empty or missing, so they have no place in the row.
    [TestCase("1,NOR,\"a \"\"title\"\"\",2")]
    [TestCase("1,NOR,,2")]
    [TestCase("1,NOR")]
    public void The_end_of_a_row_is_empty_where_its_bytes_do_not_decide(string row) => RowFrom(row).ShouldBeEmpty();

    private static string RowFrom(string row)
    {
        using var table = CsvTable.Open(Encoding.UTF8.GetBytes($"id,code,title,total\n{row}\n"));
        table.Read().ShouldBeTrue();
        return Encoding.UTF8.GetString(table.RowFrom(2));
    }
}
