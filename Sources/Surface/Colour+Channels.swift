// A colour as numbers: red, green and blue, luminance, contrast, mixtures.
import Glibc

/// Red, green and blue, 0–255.
public struct Channels: Hashable, Sendable {
    public var red, green, blue: UInt8
    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// Relative luminance, 0–1 (WCAG 2.1, definition of relative luminance).
    public var luminance: Double {
        0.2126 * Channels.linear(red) + 0.7152 * Channels.linear(green) + 0.0722 * Channels.linear(blue)
    }

    /// Contrast ratio, 1–21 (WCAG 2.1).
    public func contrast(with other: Channels) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// A mixture: 0 is this colour, 1 the other.
    public func mixed(with other: Channels, _ part: Double) -> Channels {
        func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
            UInt8(min(255, max(0, (Double(from) + (Double(to) - Double(from)) * part).rounded())))
        }
        return Channels(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
    }

    /// One sRGB channel as linear light (IEC 61966-2-1).
    public static func linear(_ channel: UInt8) -> Double {
        let value = Double(channel) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }

    func distance(to other: Channels) -> Int {
        let red = Int(red) - Int(other.red)
        let green = Int(green) - Int(other.green)
        let blue = Int(blue) - Int(other.blue)
        return red * red + green * green + blue * blue
    }
}

extension Colour {
    private static let sixteen: [Channels] = [
        Channels(0, 0, 0), Channels(205, 0, 0), Channels(0, 205, 0), Channels(205, 205, 0), Channels(0, 0, 238), Channels(205, 0, 205),
        Channels(0, 205, 205), Channels(229, 229, 229), Channels(127, 127, 127), Channels(255, 0, 0), Channels(0, 255, 0),
        Channels(255, 255, 0), Channels(92, 92, 255), Channels(255, 0, 255), Channels(0, 255, 255), Channels(255, 255, 255),
    ]

    /// The colour's channels; nil for the terminal's own, which nobody can know. 0–15 are xterm's defaults: users change them.
    public var channels: Channels? {
        switch self {
        case .standard: return nil
        case .rgb(let red, let green, let blue): return Channels(red, green, blue)
        case .palette(let index):
            if index < 16 { return Colour.sixteen[Int(index)] }
            if index >= 232 {
                let grey = 8 + 10 * (index - 232)
                return Channels(grey, grey, grey)
            }
            let cube = Int(index) - 16
            func level(_ step: Int) -> UInt8 { step == 0 ? 0 : UInt8(55 + 40 * step) }
            return Channels(level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        }
    }

    /// The same colour as near as a terminal of that many colours has it; `.standard` stays as it is.
    public func adapted(to colours: Capability.Colours) -> Colour {
        guard let channels else { return self }
        switch colours {
        case .direct: return self
        case .palette256:
            if case .palette = self { return self }
            return .palette(Colour.nearestOf256(channels))
        case .sixteen:
            if case .palette(let index) = self, index < 16 { return self }
            return .palette(Colour.byHue(channels, bright: true))
        case .eight:
            if case .palette(let index) = self, index < 8 { return self }
            return .palette(Colour.byHue(channels, bright: false))
        case .mono: return .standard
        }
    }

    /// Over the cube and the greys only: 0–15 look different in each terminal.
    private static func nearestOf256(_ channels: Channels) -> UInt8 {
        func step(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : min(5, (Int(value) - 35) / 40) }
        let cube = UInt8(16 + 36 * step(channels.red) + 6 * step(channels.green) + step(channels.blue))
        let mean = (Int(channels.red) + Int(channels.green) + Int(channels.blue)) / 3
        let grey = UInt8(232 + min(23, max(0, (mean - 3) / 10)))
        let ofCube = Colour.palette(cube).channels?.distance(to: channels) ?? 0
        let ofGrey = Colour.palette(grey).channels?.distance(to: channels) ?? 0
        return ofGrey < ofCube ? grey : cube
    }

    /// By hue rather than by distance: a dark red must become red, not black.
    private static func byHue(_ channels: Channels, bright: Bool) -> UInt8 {
        let (red, green, blue) = (Int(channels.red), Int(channels.green), Int(channels.blue))
        let (high, low) = (max(red, green, blue), min(red, green, blue))
        if high - low < 50 {
            let grey = (high + low) / 2
            if bright { return grey < 48 ? 0 : grey < 160 ? 8 : grey < 235 ? 7 : 15 }
            return grey < 110 ? 0 : 7
        }
        let middle = (high + low) / 2
        let index = UInt8((red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0))
        return bright && high >= 215 ? index + 8 : index
    }
}
