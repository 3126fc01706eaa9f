// Perceptual distance between colours, to choose the nearest a terminal can show.
import Glibc

/// A colour in Oklab, where Euclidean distance follows sight. Source: B. Ottosson, "A perceptual color space for image
/// processing", 2020 (matrices of the second revision, 2021).
struct Oklab: Hashable {
    let lightness: Double
    let a: Double
    let b: Double

    init(red: UInt8, green: UInt8, blue: UInt8) {
        let (r, g, b) = (Self.linear(red), Self.linear(green), Self.linear(blue))
        let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
        lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
        a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
        self.b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    }

    /// - Parameter lightnessWeight: below 1 where hue must survive before lightness.
    func squaredDistance(to other: Oklab, lightnessWeight: Double = 1) -> Double {
        let (dl, da, db) = (lightnessWeight * (lightness - other.lightness), a - other.a, b - other.b)
        return dl * dl + da * da + db * db
    }

    /// sRGB's transfer curve (IEC 61966-2-1).
    private static func linear(_ channel: UInt8) -> Double {
        let value = Double(channel) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
}
