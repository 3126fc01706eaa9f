// `survival` and `growth` from a shell: figures that stand in textbooks, and clear words when a table is not one.
import Foundation
import TestSupport
import Testing

@Suite("The commands that compute on a table")
struct StatisticsCommandTests {
    private static let drug = "6,6,6,6+,7,9+,10,10+,11+,13,16,17+,19+,20+,22,23,25+,32+,32+,34+,35+"
    private static let placebo = "1,1,2,2,3,4,4,5,5,8,8,8,8,11,11,12,12,15,17,22,23"

    /// The leukaemia trial of Freireich (1963) as a table; a plus marks a remission that lasted when it was last seen.
    private static var leukaemia: String {
        let rows = [("6-MP", drug), ("placebo", placebo)].flatMap { arm, weeks in
            weeks.split(separator: ",").map { week in
                week.hasSuffix("+") ? "\(arm),\(week.dropLast()),0" : "\(arm),\(week),1"
            }
        }
        return (["arm,weeks,relapsed"] + rows).joined(separator: "\n") + "\n"
    }

    private func file(_ text: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "twinboard-table-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "table.csv").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private let columns = ["--time", "weeks", "--status", "relapsed"]

    @Test("survival: medians, log-rank and Cox of the leukaemia trial in JSON are the published ones")
    func survivalJSON() throws {
        let result = try DemoStore.run(
            ["survival", try file(Self.leukaemia), "--group", "arm", "--covariates", "arm", "--format", "json"] + columns)
        #expect(result.status == 0, "\(result.errors)")
        let top = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(top["patients"] as? Int == 42 && top["events"] as? Int == 30 && top["left_out"] as? Int == 0)
        let groups = try #require(top["groups"] as? [[String: Any]])
        #expect(groups.map { $0["median"] as? Double } == [23, 8])
        #expect(groups.map { $0["median_lower"] as? Double } == [16, 4] && groups[0]["median_upper"] is NSNull)
        let test = try #require(top["log_rank"] as? [String: Any])
        #expect(abs(try #require(test["chi_square"] as? Double) - 16.793) < 1e-3)
        let cox = try #require(top["cox"] as? [String: Any])
        #expect(cox["references"] as? [String] == ["arm: 6-MP"])
        let rows = try #require(cox["coefficients"] as? [[String: Any]])
        #expect(rows.count == 1 && rows[0]["name"] as? String == "arm = placebo")
        #expect(abs(try #require(rows[0]["coefficient"] as? Double) - 1.5721) < 1e-4)
    }

    @Test("survival: text shows curves, those at risk, medians and tests; in ASCII where the locale is")
    func survivalText() throws {
        let path = try file(Self.leukaemia)
        let arguments = ["survival", path, "--group", "arm", "--covariates", "arm", "--ties", "breslow"] + columns
        let result = try DemoStore.run(arguments, environment: ["COLUMNS": "80"])
        #expect(result.status == 0, "\(result.errors)")
        for words in ["42 patients, 30 events", "23 [16, not reached]", "8 [4, 12]", "at risk at", "log-rank", "4.523", "breslow"] {
            #expect(result.output.contains(words), "\(words)\n\(result.output)")
        }
        let plain = try DemoStore.run(arguments, environment: ["LC_ALL": "C", "COLUMNS": "80"])
        let plot = plain.output.split(separator: "\n").prefix(15)
        #expect(plot.dropFirst().allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }, "\(plain.output)")
    }

    @Test("survival: CSV has a row for each time, median, test and hazard ratio")
    func survivalCSV() throws {
        let result = try DemoStore.run(
            ["survival", try file(Self.leukaemia), "--group", "arm", "--covariates", "arm", "--format", "csv"] + columns)
        let rows = result.output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(rows.first?.count == 10 && rows.allSatisfy { $0.count == 10 })
        // 16 different times under 6-MP, 12 under placebo.
        #expect(rows.count { $0[0] == "survival" } == 28)
        #expect(rows.count { $0[0] == "median" } == 2 && rows.count { $0[0] == "log_rank" } == 1)
        #expect(rows.count { $0[0] == "hazard_ratio" } == 1)
    }

    @Test("survival: rows that lack a value are left out and counted")
    func leftOut() throws {
        let result = try DemoStore.run(["survival", try file(Self.leukaemia + "6-MP,NA,1\nplacebo,4,\n"), "--format", "json"] + columns)
        #expect(result.status == 0 && result.errors.contains("left out: 2 of 44 rows"))
        #expect(result.output.contains("\"patients\": 42"))
    }

    @Test("growth: the rate of a pure decline, what is not fitted and why")
    func growth() throws {
        let decline = (0..<7).map { "A,\(21 * $0),\((400 * exp(-0.0123 * Double(21 * $0))).rounded() / 4)" }.reversed()
        let table = (["name,day,psa"] + decline + ["B,3,12", "C,0,10", "C,30,11"]).joined(separator: "\n")
        let arguments = ["growth", try file(table), "--patient", "name", "--day", "day", "--value", "psa"]
        let result = try DemoStore.run(arguments + ["--format", "json"])
        #expect(result.status == 0, "\(result.errors)")
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
        #expect(rows.map { $0["patient"] as? String } == ["A", "B", "C"])
        #expect(rows[0]["model"] as? String == "dx" && rows[0]["excluded"] is NSNull && rows[0]["g_per_day"] is NSNull)
        #expect(abs(try #require(rows[0]["d_per_day"] as? Double) - 0.0123) < 3e-4)
        #expect(rows[1]["excluded"] as? String == "only 1 measurement" && (rows[2]["excluded"] as? String)?.contains("20 %") == true)
        let text = try DemoStore.run(arguments)
        #expect(text.output.contains("1 of 3 patients fitted"))
    }

    @Test("What is no table, or none with such columns, is told with line and column, and has its status")
    func wrong() throws {
        func failure(_ text: String, _ more: [String] = [], _ command: String = "survival") throws -> CommandResult {
            try DemoStore.run([command, try file(text)] + columns + more)
        }
        let cell = try failure("weeks,relapsed\n3,1\nsoon,0\n")
        #expect(cell.status == 65 && cell.errors.contains("line 3") && cell.errors.contains("weeks") && cell.errors.contains("«soon»"))
        let flag = try failure("weeks,relapsed\n3,2\n")
        #expect(flag.status == 65 && flag.errors.contains("line 2") && flag.errors.contains("relapsed"))
        let negative = try failure("weeks,relapsed\n3,1\n-3,1\n")
        #expect(negative.status == 65 && negative.errors.contains("line 3"))
        let column = try failure("weeks,dead\n3,1\n")
        #expect(column.status == 65 && column.errors.contains("«relapsed»") && column.errors.contains("dead"))
        let short = try failure("weeks,relapsed\n3\n")
        #expect(short.status == 65 && short.errors.contains("line 2"))
        #expect(try failure("").status == 65)
        #expect(try failure("weeks,relapsed\n").status == 65)
        let separated = try failure("weeks,relapsed,x\n1,1,4\n2,1,3\n3,1,2\n4,1,1\n", ["--covariates", "x"])
        #expect(separated.status == 65 && separated.errors.contains("covariate"))
        let missing = try DemoStore.run(["survival", "/nowhere/table.csv"] + columns)
        #expect(missing.status == 66)
        #expect(try DemoStore.run(["survival", "table.csv"]).status == 64)
        let growth = try DemoStore.run(
            ["growth", try file("name,day,psa\nA,1,-4\n"), "--patient", "name", "--day", "day", "--value", "psa"])
        #expect(growth.status == 65 && growth.errors.contains("line 2"))
        let none = try DemoStore.run(["growth", "x.csv", "--patient", "a", "--day", "b", "--value", "c", "--significance", "0"])
        #expect(none.status == 64)
    }
}
