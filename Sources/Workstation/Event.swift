// What can happen to the workstation: a person did something, or work that was asked for has come to an end.
import Meetings
import Surface
import Twins

public enum Event: Sendable {
    case key(Key)
    case mouse(MouseEvent)
    case paste(String)
    case resize(Size)
    /// The clock's minute changed.
    case clock(Instant)
    /// A deadline that an effect asked for has come.
    case woken(token: Int)
    /// The line dropped or the program is told to end: what is drawn as a draft must be saved now.
    case leaving
    case resumed

    /// `focus`: the case to show, where one was asked for.
    case agendaLoaded(Agenda, focus: Int64?)
    case caseLoaded(OpenCase)
    /// The same case as the store has it now.
    case caseReloaded(OpenCase)
    case openFailed(item: Int64, WorkError)
    /// A letter to be read, with whose it is.
    case documentLoaded(id: Int64, title: String, text: String)
    case calibrated(item: Int64, Progress<StoredTwin>)
    /// A first picture of a forecast, from few draws: the rest follows as `forecastReady`, or a newer request's does.
    case forecastBegun(item: Int64, scenario: Int64, request: Int, Forecast)
    /// So much of a forecast that takes long is done, 0 to 1.
    case forecastAdvanced(item: Int64, scenario: Int64, request: Int, share: Double)
    case forecastReady(item: Int64, scenario: Int64, request: Int, Result<Forecast, WorkError>)
    case compared(item: Int64, request: Int, Comparison)
    /// The scenarios as the store now has them, after a save, an undo, a redo, a duplicate or a removal.
    case scenariosStored(item: Int64, [CaseScenario], canUndo: Bool, canRedo: Bool, what: String, focus: Int64?)
    case draftStored(item: Int64, DecisionDraft)
    case signed(item: Int64, Decision)
    /// The sheet's files, and in words what of it could not be written.
    case sheetExported(item: Int64, files: [String], left: [String])
    /// The chair's key is locked, or was not made yet.
    case passphraseWanted(PassphraseRequest)
    /// What was noted of a case, in words.
    case prepared(String)
    case trainingsLoaded([(id: String, title: String)])
    case trainingLoaded(TrainingSession)
    case followUpsLoaded([FollowUpCase])
    case searched(words: String, [SearchHit])
    case checked(model: String, [EvidenceCheck])
    case seats(SeatsEvent)
    case edited(EditEvent)
    /// Another seat changed the store.
    case storeChanged
    /// A change that did not reach the store, to be tried again.
    case saveFailed(Effect, WorkError)
    case failed(WorkError)
}

/// What went wrong in work done off the screen's thread, in words for the person at it.
public struct WorkError: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
    public init(_ description: String) { self.description = description }
}
