// Carries out what the state asks for: the store's changes in their order, forecasts on the other core.
import Dispatch
import Meetings
import Records
import Synchronization
import Twins

/// Does the work behind the screen. Answers come through `deliver`, in the order in which they were made.
public final class Worker: Sendable {
    let board: Board
    let models: [any TwinModel]
    /// Who sits at this terminal, for the access log.
    let seat: String
    /// The meeting on the screen: it stays the same until another is asked for.
    let meetingID: Mutex<String?>
    let deliver: @Sendable (Event) -> Void
    let tokens = Mutex<[String: AccessToken]>([:])
    let keys = KeyRing()
    /// How dear a guess at a new key's passphrase is.
    let keyCost: ScryptCost
    let attending = Mutex(Attending())

    /// Invariant 1: changes reach the store in the order in which they were asked for; on a thread of their own, so that they never
    /// wait for a forecast, nor a forecast for the disk.
    let storeQueue = DispatchQueue(label: "twinboard.store", qos: .userInitiated)
    /// Unlocks keys, which takes scrypt's 0.7 s, so that no change waits for it; the signature itself waits its turn for the store.
    let keyQueue = DispatchQueue(label: "twinboard.keys", qos: .userInitiated)
    private let forecasts = Mutex<[Int64: ForecastQueue]>([:])
    private let firstPictures = FirstPictures()

    /// One forecast runs for a scenario; of those that wait only the latest is kept. So a held key always sees a picture,
    /// and never an old one for long.
    private struct ForecastQueue {
        var isRunning = false
        var waiting: ForecastOrder?
        /// The whole of the forecast whose first picture is out: given up when a newer order comes.
        var whole: Task<Forecast, any Error>?
    }

    /// Draws of a first picture: enough for a band to be seen.
    static let firstDraws = 64

    public init(
        store: Store, models: [any TwinModel], seat: String, meeting: String?, keyCost: ScryptCost = .standard,
        deliver: @escaping @Sendable (Event) -> Void
    ) {
        board = Board(store)
        self.models = models
        self.seat = seat
        meetingID = Mutex(meeting)
        self.keyCost = keyCost
        self.deliver = deliver
    }

    /// Starts an effect; effects that are the terminal's own (`quit`, `wake`, …) are not for here and do nothing.
    public func start(_ effect: Effect) {
        switch effect {
        case .forecast(let order): enqueue(order)
        case .compare(let item, let request, let forecasts):
            Task.detached(priority: .userInitiated) { [self] in deliver(.compared(item: item, request: request, Comparison(forecasts))) }
        case .calibrate(let item, let subject): Task.detached(priority: .userInitiated) { [self] in await calibrate(item, subject) }
        case .exportSheet(let item):
            storeQueue.async { [self] in Task.detached(priority: .userInitiated) { [self] in await exportSheet(item) } }
        case .revealTraining(let id): Task.detached(priority: .userInitiated) { [self] in await reveal(id) }
        case .loadFollowUps(let ifChanged):
            Task.detached(priority: .userInitiated) { [self] in await loadFollowUps(ifChanged: ifChanged) }
        case .runEvidence(let id): Task.detached { [self] in await runEvidence(id) }
        case .seats(let effect): startSeats(effect)
        case .signWith(let request, let passphrase):
            keyQueue.async { [self] in
                let signer = unlock(request, passphrase)
                storeQueue.async { [self] in
                    for event in sign(request, by: signer) { deliver(event) }
                }
            }
        case .setMouse, .copy, .wake, .redraw, .suspend, .quit: break
        case .loadAgenda, .loadOtherMeeting, .openCase, .reloadCase, .openPatient, .loadDocument, .saveScenario, .addScenario,
            .removeScenario,
            .undo, .redo, .saveDecisionDraft, .sign, .checkpoint, .search, .setTheme, .prepare, .noteOutcome, .loadTrainings,
            .openTraining, .readTrainingLetter, .castTrainingVote:
            storeQueue.async { [self] in
                for event in carryOut(effect) { deliver(event) }
            }
        }
    }

    /// Carries out everything that waits for a key or the store, and these effects after it, before it returns: for the moment at which the
    /// line drops or the person leaves; then locks the keys. What could not be saved comes back.
    public func finish(_ effects: [Effect]) -> [Event] {
        keyQueue.sync {}
        return storeQueue.sync {
            defer { keys.lockAll() }
            return effects.flatMap(carryOut).filter { event in
                switch event {
                case .saveFailed, .edited(.conflict): true
                default: false
                }
            }
        }
    }

    private func enqueue(_ order: ForecastOrder) {
        let starts = forecasts.withLock { queues in
            var queue = queues[order.scenarioID] ?? ForecastQueue()
            defer { queues[order.scenarioID] = queue }
            if queue.isRunning {
                queue.waiting = order
                queue.whole?.cancel()
                return false
            }
            queue.isRunning = true
            return true
        }
        guard starts else { return }
        // Counted now: a task of its own may begin when another scenario's first picture is out already.
        firstPictures.begin()
        Task.detached(priority: .userInitiated) { [self] in await run(order) }
    }

    private func run(_ first: ForecastOrder) async {
        var next: ForecastOrder? = first
        while let order = next {
            await answer(order)
            next = forecasts.withLock { queues in
                let waiting = queues[order.scenarioID]?.waiting
                queues[order.scenarioID] = ForecastQueue(isRunning: waiting != nil)
                return waiting
            }
            if next != nil { firstPictures.begin() }
        }
    }

    private func model(_ id: String) throws(WorkError) -> any TwinModel {
        guard let model = models.first(where: { $0.id == id }) else {
            throw WorkError(TwinError.unknownModel(id, known: models.map(\.id)).description)
        }
        return model
    }

    /// A first picture at once and then the whole, unless a newer order waits: under a held key no picture may be an old one for long.
    private func answer(_ order: ForecastOrder) async {
        func deliver(_ result: Result<Forecast, WorkError>) {
            self.deliver(.forecastReady(item: order.item, scenario: order.scenarioID, request: order.request, result))
        }
        var isAwaited = true
        func firstIsOut() {
            if isAwaited { firstPictures.end() }
            isAwaited = false
        }
        defer { firstIsOut() }
        do {
            let model = try model(order.model)
            var request = ForecastRequest(
                subject: order.subject, calibration: order.twin.calibration, scenario: order.scenario, days: order.days,
                seed: order.twin.calibration.seed)
            // The key is a hash of the whole record: not for a value that is still moving.
            let key =
                order.isDraft
                ? nil
                : ForecastKey(
                    request, modelID: model.id, version: model.version, arithmetic: model.arithmetic, drawsSHA256: order.twin.drawsSHA256)
            if let key, let kept = try board.store.forecast(key) { return deliver(.success(kept)) }
            if request.calibration.draws.count > Self.firstDraws {
                request.drawLimit = Self.firstDraws
                let first = try await model.forecast(request)
                self.deliver(.forecastBegun(item: order.item, scenario: order.scenarioID, request: order.request, first))
                request.drawLimit = nil
            }
            firstIsOut()
            await firstPictures.areOut()
            guard let forecast = try await whole(model, request, order) else { return }
            // Only a cache: a full disk must not hide a forecast that was computed.
            if let key { try? board.store.saveForecast(forecast, key: key) }
            deliver(.success(forecast))
        } catch let error as WorkError {
            deliver(.failure(error))
        } catch {
            deliver(.failure(WorkError("\(error)")))
        }
    }

    /// The forecast from all draws; nil where a newer order waits, or comes before it is done.
    private func whole(_ model: any TwinModel, _ request: ForecastRequest, _ order: ForecastOrder) async throws -> Forecast? {
        let report = ProgressReport { [self] share in
            deliver(.forecastAdvanced(item: order.item, scenario: order.scenarioID, request: order.request, share: share))
        }
        let task: Task<Forecast, any Error>? = forecasts.withLock { queues in
            guard queues[order.scenarioID]?.waiting == nil else { return nil }
            let task = Task.detached(priority: .userInitiated) { try await model.forecast(request) { report.take($0) } }
            queues[order.scenarioID]?.whole = task
            return task
        }
        do { return try await task?.value } catch TwinError.cancelled where task?.isCancelled == true { return nil }
    }

    private func calibrate(_ item: AgendaItem, _ subject: Subject) async {
        do {
            let model = try model(item.model)
            let settings = CalibrationSettings()
            let calibration = try await model.calibrate(subject, settings: settings)
            let stored = try board.store.saveCalibration(
                calibration, basis: CalibrationBasis(subject, settings: settings), patient: item.patient, actor: seat)
            let twin = StoredTwin(calibration: stored.calibration, drawsSHA256: stored.drawsSHA256)
            deliver(.calibrated(item: item.id, .ready(twin)))
        } catch {
            deliver(.calibrated(item: item.id, .failed("\(error)")))
        }
    }

    private func runEvidence(_ id: String) async {
        do {
            deliver(.checked(model: id, await (try model(id)).evidence()))
        } catch {
            deliver(.failed(error))
        }
    }
}
