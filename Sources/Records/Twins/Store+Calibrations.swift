// Calibrations: stored as they came out, and read back bit for bit; never replayed.
import Foundation
import GRDB
import Twins

extension Store {
    /// Keeps a calibration beside the earlier ones; the latest of a model is the twin. Writes one entry `calibrate`.
    ///
    /// `basis` is the subject and the settings that it was computed from, which ``currentCalibration(_:model:version:of:settings:)`` asks for.
    @discardableResult
    public func saveCalibration(
        _ calibration: Calibration, basis: CalibrationBasis, patient: String, actor: String
    ) throws(StoreError) -> StoredCalibration {
        let bytes = DoubleBytes.data(calibration.draws.values)
        let hash = DoubleBytes.sha256(bytes)
        let head = CalibrationHead(calibration, basis: basis)
        return try write { db in
            let key = try patientKey(db, patient)
            let now = clock()
            try db.execute(
                cachedSQL: """
                    INSERT INTO calibration (patient, model, version, created, head, draws, draws_sha256) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                [
                    key, calibration.model, calibration.modelVersion, now.milliseconds, try StoredJSON.text(head), bytes, hash,
                ])
            let row = db.lastInsertedRowID
            try append(
                db, .calibrate, actor: actor, patient: patient, categories: [.observations, .facts],
                detail: [
                    "model": calibration.model, "version": calibration.modelVersion, "draws": hash, "seed": String(calibration.seed),
                ])
            return StoredCalibration(
                key: row, patient: patient, calibration: calibration, drawsSHA256: hash, created: now, basis: basis)
        }
    }

    /// The latest calibration of a model; nil if there is none. Takes a token for the patient with `.twins`.
    ///
    /// Errors: `.corrupt` if the draws are not those whose hash was stored.
    ///
    /// `drawsSHA256` asks for an earlier one instead, by its draws: what a decision rests on.
    public func calibration(_ token: AccessToken, model: String, drawsSHA256: String? = nil) throws(StoreError) -> StoredCalibration? {
        let patient = try token.patientKey(.twins)
        return try read { db in
            let row = try Row.fetchOne(
                db,
                cachedSQL: """
                    SELECT key, created, head, draws, draws_sha256 FROM calibration
                    WHERE patient = ?1 AND model = ?2 AND (?3 IS NULL OR draws_sha256 = ?3) ORDER BY key DESC LIMIT 1
                    """, [patient, model, drawsSHA256])
            guard let row else { return nil }
            let what = "calibration \(row[0] as Int64)"
            let head: CalibrationHead = try StoredJSON.value(row[2], path: path, what: what)
            let hash: String = row[4]
            guard DoubleBytes.sha256(row[3]) == hash, let values = DoubleBytes.values(row[3]) else {
                throw StoreError.corrupt(path, detail: "the draws of \(what) do not fit their hash")
            }
            var calibration = head.calibration
            calibration.draws.values = values
            return StoredCalibration(
                key: row[0], patient: token.patient ?? "", calibration: calibration, drawsSHA256: hash,
                created: Instant(milliseconds: row[1]), basis: head.basis)
        }
    }

    /// The latest calibration of a model if it still holds, else nil: it is of this version of the model, was computed from this very
    /// record up to this «now», and with these settings; `settings` nil takes those that it was asked for with.
    ///
    /// A calibration from before its basis was kept does not hold. Takes a token for the patient with `.twins`; errors as ``calibration(_:model:)``.
    public func currentCalibration(
        _ token: AccessToken, model: String, version: String, of subject: Subject, settings: CalibrationSettings? = nil
    ) throws(StoreError) -> StoredCalibration? {
        guard let stored = try calibration(token, model: model), let basis = stored.basis, stored.calibration.modelVersion == version,
            stored.calibration.reference == subject.reference
        else { return nil }
        return basis == CalibrationBasis(subject, settings: settings ?? basis.settings) ? stored : nil
    }
}
