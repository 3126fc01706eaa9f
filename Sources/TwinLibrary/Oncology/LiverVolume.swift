// Liver volumes: body surface, standard volume, standardised remnant, its growth, and the gates that it must pass.
import Numerics
import Twins

/// Formulas of liver volumetry. Volumes in mL, lengths in cm, weights in kg, surfaces in m², shares and growth in percent.
public enum LiverVolume {
    /// Mosteller 1987: √(height·weight/3600).
    public static func bodySurface(height: Double, weight: Double) -> Double { (height * weight / 3600).squareRoot() }

    /// Du Bois 1916: 0.007184·height^0.725·weight^0.425; shown beside Mosteller's, which the formulas here use.
    public static func bodySurfaceDuBois(height: Double, weight: Double) -> Double {
        0.007184 * (0.725 * height.log() + 0.425 * weight.log()).exp()
    }

    /// Total liver volume to be expected for a body surface.
    public enum Standard: String, CaseIterable, Sendable {
        /// Vauthey 2002: −794.41 + 1267.28·BSA; Western patients.
        case vauthey
        /// Urata 1995: 706.2·BSA + 2.4; Japanese patients.
        case urata

        public func volume(bodySurface: Double) -> Double {
            switch self {
            case .vauthey: -794.41 + 1267.28 * bodySurface
            case .urata: 706.2 * bodySurface + 2.4
            }
        }
    }

    /// The remnant in percent of the standard volume (sFLR).
    public static func standardised(remnant: Double, standard: Double) -> Double { remnant / standard * 100 }

    /// Degree of hypertrophy: the gain of the standardised remnant, in points of percent.
    public static func hypertrophy(before: Double, after: Double) -> Double { after - before }

    /// Kinetic growth rate: points of the standardised remnant per week. Not Croome's percent of the volume per day.
    public static func growthRate(before: Double, after: Double, weeks: Double) -> Double { (after - before) / weeks }

    /// Gain of the volume itself, percent of what it was: neither the degree of hypertrophy nor the kinetic growth rate.
    public static func increase(before: Double, after: Double) -> Double { (after / before - 1) * 100 }

    /// Shindoh 2013 (10.1016/j.jamcollsurg.2012.10.018): no hepatic insufficiency at 2.0 points per week and above, 21.6 % below.
    public static let growthRateCut = 2.0
}

/// What the standardised remnant must reach before a resection (PMC6422720).
public enum RemnantGate: Hashable, Sendable {
    case normalLiver, longChemotherapy, cirrhosis

    public var percent: Double {
        switch self {
        case .normalLiver: 20
        case .longChemotherapy: 30
        case .cirrhosis: 40
        }
    }
    public var label: String {
        switch self {
        case .normalLiver: "20 % (healthy liver)"
        case .longChemotherapy: "30 % (chemotherapy for more than 3 months)"
        case .cirrhosis: "40 % (cirrhosis)"
        }
    }

    /// The strictest gate that applies.
    public init(chemotherapyDays: Double, hasCirrhosis: Bool) {
        self = hasCirrhosis ? .cirrhosis : chemotherapyDays > 3 * DayCount.month ? .longChemotherapy : .normalLiver
    }

    /// Whether a standardised remnant suffices; the gate itself does.
    public func suffices(_ standardised: Double) -> Bool { standardised >= percent }
}

/// How the remnant grows after the other side's blood supply is closed: F(t) = F0·(1 + H·(1 − e^(−t/τ))).
///
/// Our construction through two published points each; no published curve was found.
public struct HypertrophyKinetics: Hashable, Sendable {
    public var label: String
    /// H of the typical patient and its SD between patients.
    public var extent: Double
    public var extentSD: Double
    /// Days.
    public var timeConstant: Double

    /// Portal vein embolisation. Croome 2015 (PMC4430776): +36.0 ± 27.2 %, at 0.98 % a day, so 36.7 days.
    public static let portalVein = HypertrophyKinetics(
        label: "portal vein embolisation", extent: 0.388, extentSD: 0.388 * 27.2 / 36.0, timeConstant: 14)
    /// ALPPS. Croome 2015: +84.3 ± 7.8 %, at 10.8 % a day, so 7.8 days.
    public static let alpps = HypertrophyKinetics(label: "ALPPS", extent: 1.067, extentSD: 1.067 * 7.8 / 84.3, timeConstant: 5)

    /// The remnant relative to its start, some days later, in the typical patient.
    public func factor(days: Double) -> Double { 1 + extent * (1 - (-days / timeConstant).exp()) }
}
