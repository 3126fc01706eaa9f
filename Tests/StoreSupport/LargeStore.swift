// Makes a large store quickly: patients, observations, letters, one meeting; for tests of time and memory.
import Records
import Twins

/// A store of synthetic patients, filled by SQL inside SQLite. Nobody real is in it.
///
/// 10,000 patients with 1,000,000 observations take a few seconds. Patients are `L-00001` on; each has as many observations
/// under ten codes over ten years, three facts and two letters; the first eight are on the agenda of the meeting `large`.
public enum LargeStore {
    public static func scenario(_ name: String, cycles: Double) -> Scenario {
        Scenario(name: name, interventions: [Intervention("folfox", ["cycles": .number(cycles), "bevacizumab": .flag(true)])])
    }

    public static func id(_ number: Int) -> String { "L-" + String(100_000 + number).dropFirst() }

    public static func fill(_ path: String, patients: Int, observationsEach: Int) throws {
        _ = try Store.open(path: path)
        try rawSQL(
            path,
            """
            PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -200000;
            BEGIN;
            INSERT INTO import VALUES (1, 0, 'generator', 'large', 'generator', '');
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 14)
            INSERT INTO code SELECT i, 'http://loinc.org', 'code-' || i, 'Measure ' || i FROM n;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(patients))
            INSERT INTO patient SELECT i, printf('L-%05d', i), 'large:' || i, iif(i % 2, 'female', 'male'),
                (i % 60) * 31557600000 - 1000000000000, 'day', '', 0, 1700000000000 + i, \(observationsEach), 3, 2 FROM n;
            INSERT INTO identity (patient, names, folded, numbers) SELECT key, 'Name ' || key, 'name ' || key, '[]' FROM patient;
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < \(observationsEach) - 1)
            INSERT INTO observation (patient, code, time, number, unit, source, import)
                SELECT p.key, 1 + i % 10, 1400000000000 + i * 3155760000, 100 + (p.key * 7919 + i * 104729) % 1000 / 10.0, 'mg/dL',
                    'Observation/' || p.key || '-' || i, 1
                FROM patient p, n;
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2)
            INSERT INTO fact (patient, kind, code, start, status, source, import)
                SELECT p.key, 'condition', 11 + i, 1400000000000, 'active', 'Condition/' || i, 1 FROM patient p, n;
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1),
                word (w, t) AS (VALUES
                    (0, 'Résection hépatique'), (1, 'Chimiothérapie'), (2, 'Scanner thoraco-abdominal'), (3, 'Élévation du marqueur'),
                    (4, 'Récidive pulmonaire'), (5, 'Bilan de la mémoire'), (6, 'Imagerie par résonance'), (7, 'Tolérance moyenne'))
            INSERT INTO document (patient, title, category, time, text, source, import)
                SELECT p.key, 'Compte rendu ' || i, 'letter', 1700000000000 + i, (
                        SELECT group_concat(t || ' ' || printf('%x', (p.key * 2654435761 + w * 40503 + i) % 65536), '. ')
                        FROM word WHERE (p.key + w * 5 + i) % 3 > 0) || '. ' || 'Le dossier est présenté en réunion. ',
                    'Document/' || i, 1
                FROM patient p, n;
            INSERT INTO document_text (rowid, title, text) SELECT key, title, text FROM document;
            COMMIT;
            """)
        let store = try Store.open(path: path)
        try store.saveMeeting(
            MeetingRow(
                id: "large", title: "Large board", board: "liver", start: Instant(milliseconds: 1_795_000_000_000), chair: "Dr A"),
            seats: [])
        for index in 1...min(8, patients) {
            try store.addAgendaItem(
                AgendaItemRow(meeting: "large", patient: id(index), model: "liver-metastases", question: "Which first?"),
                scenarios: ["A", "B", "C"].map { scenario($0, cycles: 6) })
        }
    }
}
