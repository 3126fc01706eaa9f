// What the avatars have in common: record, policies, endpoints; they differ in the clones that they hold.
import Numerics
import Twins

/// A tumour as clones that compete for room, read through a marker and dosed by policies.
///
/// The clones are ``CloneDraw``'s; everything else — which marker, which days with the drug, what a policy does, what is read off — is
/// shared, so that a board compares biologies of one patient and not programs.
public protocol AvatarModel: OrdinaryModel where Plan == AvatarPlan {
    static var clones: any CloneDraw.Type { get }
}

extension AvatarModel {
    /// 3 years.
    public var horizon: Double { 3 * DayCount.year }
    public var daysPerUnit: Double { 1 }
    public var parameters: [Parameter] { Self.clones.parameters }
    public var endpointList: [EndpointDescription] { endpointKinds.map { EndpointDescription($0.rawValue, $0.label, $0.unit) } }

    public func plan(_ request: ForecastRequest) throws(TwinError) -> AvatarPlan {
        try AvatarPlan(request, record: record(of: request.subject), clones: Self.clones, horizon: horizon)
    }

    /// Without those of a second drug where there is none.
    var endpointKinds: [AvatarEndpoint] {
        let hasSwitch = interventionKinds.contains { $0.id == "switch" }
        return AvatarEndpoint.allCases.filter { hasSwitch || !$0.needsSwitch }
    }

    /// Of the markers that the model can be learnt from.
    func record(of subject: Subject) -> AvatarRecord {
        AvatarRecord(subject, markers: AvatarMarker.allCases.filter { observable($0.rawValue) != nil })
    }
}

/// One draw of the clones at the first measurement used, and what they do from there on. Sizes are shares of capacity, rates per day.
public protocol CloneDraw: Sendable {
    /// In the order of a draw's values; all positive, with a log-normal prior.
    static var parameters: [Parameter] { get }
    /// Of the priors' logarithms.
    static var centres: [Double] { get }
    static var scales: [Double] { get }
    /// SD of the logarithm of PSA about the model.
    static var antigenSD: Double { get }
    /// Places in the state of the clones that resist the first drug.
    static var resistant: [Int] { get }
    /// Whose equations they are.
    static var source: String { get }
    /// What the equations assume of every patient, as a note.
    static var assumption: String { get }
    /// Why resistant cells alone may stay below progression.
    static var control: String { get }

    /// From values in the parameters' order.
    init(_ values: some Collection<Double>)
    /// At the first measurement.
    var clones: [Double] { get }
    /// Marker at capacity over the first measured value.
    var scale: Double { get }
    /// A row of the system's parameters.
    var rates: [Double] { get }
    /// Where the cells would stay without any drug, and under the first one for ever.
    var untreatedRest: Double { get }
    var treatedRest: Double { get }
    /// How clones and rates change with the logarithm of each parameter but the first, which scales the marker alone.
    var directions: [Sensitivities.Direction] { get }
    /// The same of the scale's logarithm, of all parameters.
    var scaleSlopes: [Double] { get }

    /// The clones under known drug days: input 1 with the drug, 0 without.
    static func grow(
        _ draws: Matrix, from initial: Matrix, segments: [Segment], outputs: [Double], tolerance: Tolerance
    ) throws -> EnsembleTrajectories
    static func sensitivities(
        of draw: Sensitivities.Draw, segments: [Segment], outputs: [Double], tolerance: Tolerance
    ) throws -> Sensitivities
}

extension CloneDraw {
    static func residualSD(of marker: AvatarMarker) -> Double { marker == .psa ? antigenSD : marker.residualSD }
    /// The source without its identifier.
    static var authors: String { String(source.prefix { $0 != "(" }.dropLast()) }
}
