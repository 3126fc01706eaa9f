// The endpoint table: what each scenario gives, how it differs from the first, and how probably it is the best.
import Plotting
import Surface
import Twins

enum CompareTable {
    static func draw(_ scene: CompareScene, _ state: State, in rect: Rect, _ drawing: inout Drawing) {
        guard rect.height > 0 else { return }
        let look = state.look
        guard !scene.rows.isEmpty else {
            drawing.frame.put(" Endpoints are compared as soon as every forecast is there.", in: rect, line: 0, look[.quiet])
            return
        }
        // The last column is the scroll mark's.
        let rect = Rect(column: rect.column, row: rect.row, width: rect.width - 1, height: rect.height)
        let layout = CompareTableLayout(scene.rows, count: scene.count, focused: scene.focused, width: rect.width)
        header(scene, layout, state, in: rect.line(0), &drawing)
        let body = rect.dropTop(1)
        let selected = min(max(0, state.compareView.endpoint), scene.rows.count - 1)
        let first = max(0, min(selected - body.height / 2, scene.rows.count - body.height))
        for (line, row) in scene.rows.dropFirst(first).prefix(body.height).enumerated() {
            let place = body.line(line)
            self.row(row, scene, layout, look, in: place, &drawing)
            if first + line == selected { drawing.frame.select(place, look) }
            drawing.hits.append(Hit(place, .endpoint(first + line)))
        }
        drawing.frame.scrollMark(body, offset: first, count: scene.rows.count, look)
    }

    private static func header(_ scene: CompareScene, _ layout: CompareTableLayout, _ state: State, in line: Rect, _ drawing: inout Drawing)
    {
        let look = state.look
        let selected = min(max(0, state.compareView.endpoint), scene.rows.count - 1)
        drawing.frame.put(" Endpoint  \(selected + 1)/\(scene.rows.count)", at: line.origin, look[.quiet], width: layout.label)
        for (index, start) in layout.cells.enumerated() {
            let isFocused = index == scene.focused
            // The letter stands over the figure's last sign, as the figures end there.
            let column = line.column + start + max(0, layout.values[index] - 1)
            drawing.frame.put(
                ComparePlots.letter(index), at: Point(column: column, row: line.row),
                look.line(index, isFocused ? [.bold, .underline] : .bold))
            drawing.hits.append(
                Hit(Rect(column: line.column + start, row: line.row, width: layout.width(of: index), height: 1), .scenario(index)))
        }
        for (index, start) in layout.differences {
            let column = drawing.frame.put(
                ComparePlots.letter(index), at: Point(column: line.column + start, row: line.row), look.line(index, .bold))
            drawing.frame.put(" − A", at: Point(column: column, row: line.row), look[.quiet])
        }
        guard let best = layout.best else { return }
        let title = layout.bestHasFigures ? "P(best)" : "best"
        drawing.frame.put(title, at: Point(column: line.column + best - TextWidth.of(title) - 1, row: line.row), look[.quiet])
        for index in 0..<scene.count {
            drawing.frame.put(
                ComparePlots.letter(index), at: Point(column: line.column + best + index * layout.bestStep, row: line.row),
                look.line(index, .bold))
        }
    }

    private static func row(
        _ row: FigureRow, _ scene: CompareScene, _ layout: CompareTableLayout, _ look: Look, in line: Rect, _ drawing: inout Drawing
    ) {
        drawing.frame.put(
            [Span(" " + row.label, look[.text]), Span(row.unitNote.isEmpty ? "" : ", " + row.unitNote, look[.quiet])], at: line.origin,
            width: layout.label - 1)
        if row.isShared { return shares(row, layout, look, in: line, &drawing) }
        for (index, cell) in row.cells.enumerated() where layout.cells.indices.contains(index) {
            let start = line.column + layout.cells[index]
            let style = look.line(index, .bold)
            drawing.frame.put(
                cell.value, at: Point(column: start, row: line.row), cell.value == FigureText.none ? look[.quiet] : style,
                width: layout.values[index], align: .trailing)
            guard layout.hasIntervals, !cell.interval.isEmpty else { continue }
            drawing.frame.put(
                cell.interval, at: Point(column: start + layout.values[index] + 1, row: line.row), look[.quiet],
                width: layout.intervals[index])
        }
        for (index, start) in layout.differences {
            guard row.differences.indices.contains(index), let cell = row.differences[index] else { continue }
            drawing.frame.put(
                [Span(cell.value, look[.text]), Span(cell.interval.isEmpty ? "" : " " + cell.interval, look[.quiet])],
                at: Point(column: line.column + start, row: line.row), width: layout.differenceWidth)
        }
        guard let start = layout.best, let best = row.best else { return }
        for (index, part) in best.enumerated() {
            guard let part else { continue }
            let column = line.column + start + index * layout.bestStep
            drawing.frame.put(String(Character(Bar.tower(part, look))), at: Point(column: column, row: line.row), look.line(index))
            if layout.bestHasFigures {
                drawing.frame.put(FigureText.probability(part), at: Point(column: column + 1, row: line.row), look[.quiet])
            }
        }
    }

    /// Categories take the room of differences and of who is best too, as such a row has neither. Where one does not begin at its column its
    /// letter stands before it.
    private static func shares(_ row: FigureRow, _ layout: CompareTableLayout, _ look: Look, in line: Rect, _ drawing: inout Drawing) {
        let places = layout.shares(row.cells, width: line.width)
        for (index, place) in places.enumerated() {
            let letter = place.hasLetter ? [Span(ComparePlots.letter(index) + " ", look.line(index))] : []
            let style = row.cells[index].shares.isEmpty ? look[.quiet] : look.line(index, .bold)
            drawing.frame.put(
                letter + [Span(place.text, style)], at: Point(column: line.column + place.start, row: line.row), width: line.width)
        }
    }
}

/// Which columns the table has at a width, and where; the label takes what the figures leave.
struct CompareTableLayout {
    private(set) var label = 0
    /// Where each scenario's column begins, and the widths of its figure and of its interval.
    private(set) var cells: [Int] = []
    private(set) var values: [Int] = []
    private(set) var intervals: [Int] = []
    private(set) var hasIntervals = true
    /// Scenario and beginning of each difference.
    private(set) var differences: [(Int, Int)] = []
    private(set) var differenceWidth = 0
    private(set) var best: Int?
    private(set) var bestHasFigures = false
    var bestStep: Int { bestHasFigures ? 5 : 2 }

    func width(of index: Int) -> Int { values[index] + (hasIntervals ? intervals[index] + 1 : 0) }

    /// One blank between columns where every one counts.
    private var cellGap = 2

    private enum Offer: CaseIterable {
        case everything, allDifferencesAndBars, oneDifferenceAndFigures, oneDifferenceAndBars, oneDifference, bars, cells, bare

        /// Columns of labels that it must leave.
        var leastLabel: Int {
            switch self {
            case .everything, .allDifferencesAndBars, .oneDifferenceAndFigures: 32
            case .oneDifferenceAndBars, .oneDifference: 26
            case .bars: 20
            case .cells: 14
            case .bare: 0
            }
        }
    }

    init(_ rows: [FigureRow], count: Int, focused: Int, width: Int) {
        func widest(_ text: (FigureRow) -> String) -> Int { rows.reduce(0) { max($0, TextWidth.of(text($1))) } }
        func cell(_ index: Int, _ text: (FigureCell) -> String) -> Int {
            widest { row in row.cells.indices.contains(index) ? text(row.cells[index]) : "" }
        }
        values = (0..<count).map { max(2, cell($0, \.value)) }
        intervals = (0..<count).map { cell($0, \.interval) }
        let compared = (0..<count).filter { $0 > 0 }
        let shown = compared.contains(focused) ? focused : 1
        differenceWidth = widest { row in
            compared.map { index -> String in
                guard row.differences.indices.contains(index), let cell = row.differences[index] else { return "" }
                return cell.value + " " + cell.interval
            }.max { TextWidth.of($0) < TextWidth.of($1) } ?? ""
        }
        let labels = widest { " " + $0.fullLabel } + 2
        // A label that is cut costs more than figures beside bars that say the same.
        let whole = [Offer.everything, .allDifferencesAndBars, .oneDifferenceAndFigures, .oneDifferenceAndBars].map { ($0, labels) }
        for (offer, least) in whole + Offer.allCases.map({ ($0, min(labels, $0.leastLabel)) }) {
            apply(offer, compared: compared, shown: shown, count: count)
            let used = place(from: 0, count: count)
            if width - used >= least || offer == .bare {
                // Room beyond the longest label is spread to the right of the label, so that the eye need not travel far.
                label = max(1, min(width - used, labels + 2))
                _ = place(from: label, count: count)
                return
            }
        }
    }

    /// Where a scenario's categories stand, and as what.
    typealias SharePlace = (start: Int, text: String, hasLetter: Bool)

    /// As much of all categories as fits side by side from the first column on, each at its own column where the one before leaves it.
    func shares(_ row: [FigureCell], width: Int) -> [SharePlace] {
        func flow(_ most: Int) -> [SharePlace] {
            var end = 0
            return zip(cells, row).enumerated().map { index, pair in
                let (column, cell) = pair
                let isShare = !cell.shares.isEmpty
                let text = isShare ? FigureText.shares(cell.shares, width: most) : cell.value
                // Figures end at their column's inner border; categories begin at its outer one.
                let own = isShare ? column : column + max(0, values[index] - TextWidth.of(text))
                let start = max(own, end)
                let hasLetter = start > own
                end = start + TextWidth.of(text) + (hasLetter ? 2 : 0) + 2
                return (start, text, hasLetter)
            }
        }
        for most in stride(from: 40, to: 8, by: -1) {
            let places = flow(most)
            guard let last = places.last else { return [] }
            if last.start + TextWidth.of(last.text) + (last.hasLetter ? 2 : 0) <= width { return places }
        }
        return flow(8)
    }

    private mutating func apply(_ offer: Offer, compared: [Int], shown: Int, count: Int) {
        hasIntervals = offer != .bare
        cellGap = offer == .cells || offer == .bare ? 1 : 2
        bestHasFigures = offer == .everything || offer == .oneDifferenceAndFigures
        let all = offer == .everything || offer == .allDifferencesAndBars
        let one = offer == .oneDifferenceAndFigures || offer == .oneDifferenceAndBars || offer == .oneDifference
        let wanted = all ? compared : one && compared.contains(shown) ? [shown] : []
        differences = wanted.map { ($0, 0) }
        best = count > 1 && offer != .oneDifference && offer != .cells && offer != .bare ? 0 : nil
    }

    /// Puts the columns one after another; returns the column after the last.
    private mutating func place(from start: Int, count: Int) -> Int {
        var column = start
        cells = []
        for index in 0..<count {
            cells.append(column)
            column += width(of: index) + cellGap
        }
        for place in differences.indices {
            differences[place].1 = column
            column += differenceWidth + 2
        }
        if best != nil {
            // Its title stands over what the header leaves free: beside `B − A`, or beside a scenario's letter.
            let title = bestHasFigures ? 9 : 6
            let header = differences.last.map { $0.1 + 5 } ?? cells.last.map { $0 + (values.last ?? 0) } ?? start
            column = max(column, header + title)
            best = column
            column += count * bestStep + 1
        }
        return column
    }
}
