// The plots themselves, as the text that a person would see.
import Plotting
import Surface
import Testing

@Suite("Plots as pictures")
struct PictureTests {
    @Test("Black and white, Unicode: shaded band, braille median, the fall at the operation, observations")
    func mono() {
        let frame = Fixtures.frame(Fixtures.resection, 44, 14, Capability(colours: .mono))
        #expect(
            frame.text == """
                150┤         ╎resection
                 mm│         ╎
                   │●        ╎
                   │ ⠑⢢●░    ╎
                100┤   ⠈⠢⡀░░░╎
                   │     ⠈⠒⡄░╎                         ░░░░░
                   │      ░⠈⠑⡆                     ░░░░░░░░░
                 50┤        ░⡇                 ░░░░░░░░░⣀⣀⠤⠤
                   │         ⡇             ░░░░░⢀⣀⣠⠤⠔⠒⠊⠉░░░░
                   │         ⡇        ░░░⢀⣀⠤⠤⠒⠚⠉⠉░░░░░░░░░░
                   │         ⡇    ⣀⣠⠤⠴⠒⠊⠉⠁░░
                  0┤         ⠧⠔⠒⠉⠉
                   └┬────────▲┬─────────┬────────┬─────────┬
                   now        6        12       18     24 mo
                """)
    }

    @Test("ASCII: the same with : * o ! and ^")
    func ascii() {
        let frame = Fixtures.frame(Fixtures.resection, 44, 14, .ascii)
        #expect(frame.text.utf8.allSatisfy { $0 < 0x80 })
        #expect(
            frame.text == """
                150+         !resection
                 mm|         !
                   |o        !
                   | **o:    !
                100+   ***:::!
                   |     :**:!                         :::::
                   |      :***                     :::::::::
                 50+        :*                 :::::::::****
                   |         *             :::::********::::
                   |         *        :::********::::::::::
                   |         *    *******:::
                  0+         *****
                   ++--------^+---------+--------+---------+
                   now        6        12       18     24 mo
                """)
    }

    @Test("Colour: the band is the background with edges in eighths, the median braille in the same cells (1 line, b band, t grid, s axis)")
    func colour() {
        let frame = Fixtures.frame(Fixtures.resection, 44, 14, .colours256, theme: Fixtures.distinct)
        #expect(
            frame.text == """
                150┤┈┈┈┈┈┈┈┈┈╎resection┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
                 mm│         ╎
                   │●▂▁      ╎
                   │ ⠑⢢●▄▂   ╎
                100┤┈┈┈⠈⠢⡀ ▇▄╎┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈▂▃
                   │    ▆⠈⠒⡄ ╎                        ▂▄▆
                   │      ▃⠈⠑⡆                   ▁▂▄▇
                 50┤┈┈┈┈┈┈┈┈▃⡇┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈▁▃▅▇       ⣀⣀⠤⠤
                   │         ⡇           ▂▃▅    ⢀⣀⣠⠤⠔⠒⠊⠉
                   │         ⡇       ▂▄▆▇⢀⣀⠤⠤⠒⠚⠉⠉     ▁▂▂▃▃▄
                   │         ⡇   ▂⣀⣠⠤⠴⠒⠊⠉⠁▃▃▄▄▅▅▆▆▇▇
                  0┤         ⠧⠔⠒⠉⠉▆▇▇
                   └┬────────▲┬─────────┬────────┬─────────┬
                   now        6        12       18     24 mo
                """)
        #expect(
            frame.roleText(Look(theme: Fixtures.distinct, capability: .colours256)) == """
                cccstttttttttwwwwwwwwwwttttttttttttttttttttt
                cccs.........w..............................
                ...sbbb......w..............................
                ...s.11bbb...w..............................
                cccsttt111bbbwttttttttttttttttttttttttttttbb
                ...s....b111bw........................bbbbbb
                ...s......b111...................bbbbbbbbbbb
                cccsttttttttb1tttttttttttttttbbbbbbbbbbb1111
                ...s.........1...........bbbbbbb11111111bbbb
                ...s.........1.......bbbb11111111bbbbbbbbbbb
                ...s.........1...b11111111bbbbbbbbbb........
                cccs.........11111bbb.......................
                ...sssssssssswssssssssssssssssssssssssssssss
                ...ccc........c........cc.......cc.....ccccc
                """)
    }

    @Test("A panel carries letter and name above and its legend below")
    func panel() {
        let frame = Fixtures.frame(Fixtures.resection, 52, 14, Capability(colours: .mono), panel: true)
        #expect(
            frame.text == """
                ╭─ A  FOLFOX, resection ───────────────────────────╮
                │    │          ╎resection                         │
                │    │          ╎                                  │
                │    │●⢄⡀       ╎                                  │
                │ 100┤  ⠈⠑●⡀░░  ╎                                  │
                │  mm│     ⠈⠒⠤⡀░╎                            ░░░░░ │
                │    │        ⠈⠓⡆                       ░░░░░░░░░░ │
                │    │          ⡇                 ░░░░░░░░⣀⣀⣀⠤⠤⠒⠒⠒ │
                │    │          ⡇           ░░░░⣀⣀⡠⠤⠤⠒⠒⠒⠉⠉░░░░░░░░ │
                │    │          ⡇     ⢀⣀⡠⠤⠤⠔⠒⠊⠉⠉⠁░░░               │
                │   0┤          ⠧⠔⠒⠊⠉⠉⠁                            │
                │    └┬────┬────▲┬────┬─────┬────┬────┬─────┬────┬ │
                │    now   3     6    9    12   15   18    21      │
                ╰─ mm  ● observed  ⠤⠤ median  ░ 80 %  ▲ operation ─╯
                """)
    }

    @Test("Two series that cross are told apart by letter and dash, and their bands' crossing is denser")
    func crossing() {
        #expect(
            Fixtures.frame(Fixtures.crossing, 44, 14, .ascii).text == """
                100+
                  %|:::                                :::
                   |BB:::::::                    :::::::AA A
                   |:::BBB:::::::::        ::::::::AAAAA::
                   |  :::::BBB:BB:::::;;:::::AAAAAA:::::
                 50+       :::::;B;BBB;AAAAAA;:::::
                   |       ::::::AAAAAAABB;BB::::::
                   | ::::::AAAAAA:::::;;:::::B:BBB:::::::
                   |::AAAAA:::::::          :::::::BBB:B::
                   |AA::::::                      ::::::BB B
                   |:::                                :::
                  0+
                   ++--------+---------+--------+--------+
                    0        5        10       15       20 s
                """)
        #expect(
            Fixtures.frame(Fixtures.crossing, 44, 14, Capability(colours: .mono)).text == """
                100┤
                  %│░░░                                ░░░
                   │⢠⣀░░░░░░░                    ░░░░░░░⣀⡠ A
                   │░░░⠐⠒⠤░░░░░░░░░        ░░░░░░░⢀⡠⠤⠒⠊⠉░░
                   │  ░░░░░⠈⠉⠒░⠠⣀░░░░░▒▒░░░░░⣀⠤⠔⠒⠉⠁░░░░░
                 50┤       ░░░░░▒⠉▒⠐⠤⢄▒⣀⡠⠤⠒⠊⠉▒░░░░░
                   │       ░░░░░░⣀⡠⠤⠒⠊⠉⠁⠑⠒▒⢀⣀░░░░░░
                   │ ░░░░░░⢀⣀⠤⠔⠒⠉░░░░░▒▒░░░░░⠉░⠠⠤⣀░░░░░░░
                   │░░⣀⡠⠤⠒⠊⠁░░░░░░          ░░░░░░░⠐⠒⠤░⢀░░
                   │⠘⠉░░░░░░                      ░░░░░░⠉⠑ B
                   │░░░                                ░░░
                  0┤
                   └┬────────┬─────────┬────────┬────────┬
                    0        5        10       15       20 s
                """)
    }

    @Test("Cursor and threshold")
    func cursor() {
        var plot = Fixtures.resection
        plot.cursor = 12 * Fixtures.month
        plot.thresholds = [PlotThreshold(y: 50, label: "limit")]
        #expect(
            Fixtures.frame(plot, 44, 14, .ascii).text == """
                150+         !resection |
                 mm|         !          |
                   |o        !          |
                   | **o:    !          |
                100+   ***:::!          |
                   |     :**:!          |              :::::
                   |      :***          |          :::::::::
                 50+limit----*----------|---------------****
                   |         *          |  :::::********::::
                   |         *        ::|********::::::::::
                   |         *    ******@:::
                  0+         *****      |
                   ++--------^+---------+--------+---------+
                   now        6       12 mo     18     24 mo
                """)
    }

    @Test("A logarithmic axis has decades")
    func logarithmic() {
        var plot = Fixtures.crossing
        plot.vertical = .logarithmic
        plot.yRange = nil
        #expect(
            Fixtures.frame(plot, 44, 14, .ascii).text == """
                100+
                  %|BB:BBB:BBB:BBB:BB:;;:AAAAAAAAAAAAAAAAA A
                   |     :::::AAAAAAABAABB;BBB:B:::::
                   |:::AAAAAAA:::::        :::::BB:BBB::::
                   |AAA::::::                    ::::::BBB B
                 10+:::::                            :::::
                   |::                                  ::
                   |:                                    :
                   |
                   |
                   |
                  1+
                   ++--------+---------+--------+--------+
                    0        5        10       15       20 s
                """)
    }

    @Test("The smallest windows still show the course")
    func tiny() {
        #expect(
            Fixtures.frame(Fixtures.resection, 10, 4, .ascii).text == """
                   |o!
                100+o*  **
                  0+ ****
                   ++^---+
                """)
        #expect(Fixtures.frame(Fixtures.resection, 4, 2, .ascii).text == "+o\n+***")
    }
}
