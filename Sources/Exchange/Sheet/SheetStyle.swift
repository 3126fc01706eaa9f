// How the HTML of a document looks on a screen and on paper. On paper every page says whose sheet it is and what it is not.

enum SheetStyle {
    static let css = """
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { font-family: "DejaVu Sans", "Liberation Sans", Arial, sans-serif; font-size: 15px; line-height: 1.45; color: #16202a;
          background: #ffffff; max-width: 60em; margin: 0 auto; padding: 1.5em; }
        h1 { font-size: 1.7em; margin: 0; line-height: 1.2; }
        h2 { font-size: 1.1em; margin: 1.6em 0 .4em; padding-bottom: .15em; border-bottom: 2px solid #1f4e79; color: #1f4e79; }
        .status, .mark { font-size: .55em; font-weight: bold; letter-spacing: .06em; padding: .2em .6em; border: 2px solid #1f4e79;
          border-radius: .3em; vertical-align: middle; color: #1f4e79; }
        .mark { border-color: #9c2a00; color: #9c2a00; }
        .subtitle { margin: .3em 0 .8em; font-size: 1.05em; color: #3d4b59; }
        .notice { margin: 0; padding: .5em .8em; border-left: 4px solid #9c2a00; background: #fdf4ef; color: #5c1a00; font-size: .9em; }
        footer { margin-top: 2em; }
        .running { display: none; }
        table { border-collapse: collapse; width: 100%; margin: .4em 0 1em; font-size: .93em; }
        th, td { text-align: left; vertical-align: top; padding: .28em .5em; border-bottom: 1px solid #d5dce3; overflow-wrap: anywhere; }
        .fields th { width: 30%; font-weight: 600; color: #3d4b59; }
        .data th { overflow-wrap: normal; }
        .data td.short { white-space: nowrap; }
        .data thead th { border-bottom: 2px solid #8495a5; }
        .data tbody tr:nth-child(even) td { background: #f6f8fa; }
        caption { text-align: left; font-weight: 600; padding: .3em 0; }
        .gap { color: #6b5a2e; font-style: italic; }
        ul { margin: 0; padding-left: 1.2em; }
        p { margin: .5em 0; }
        pre { font-family: "DejaVu Sans Mono", monospace; font-size: .78em; background: #f6f8fa; border: 1px solid #d5dce3; padding: .6em;
          white-space: pre-wrap; overflow-wrap: anywhere; }
        figure { margin: 1em 0; }
        figcaption { font-weight: 600; margin-bottom: .3em; }
        svg { width: 100%; height: auto; display: block; }
        @page { size: A4; margin: 20mm 16mm 20mm;
          @top-left { content: string(running); font: 8pt "DejaVu Sans", sans-serif; color: #3d4b59; }
          @bottom-left { content: "\(DecisionSheet.notice)"; font: 6.5pt "DejaVu Sans", sans-serif; color: #5c1a00; width: 86%; }
          @bottom-right { content: counter(page) " / " counter(pages); font: 8pt "DejaVu Sans", sans-serif; color: #3d4b59; } }
        @media print {
          body { font-size: 9pt; max-width: none; padding: 0; }
          .running { display: block; string-set: running content(); font-size: 0; line-height: 0; margin: 0; color: #ffffff; height: 0;
            overflow: hidden; }
          h2, caption, figcaption { break-after: avoid; }
          .data tr, figure svg { break-inside: avoid; }
          thead { display: table-header-group; }
          footer { display: none; }
        }
        """
}
