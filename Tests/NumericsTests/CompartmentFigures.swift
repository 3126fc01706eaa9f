// Amounts in compartments to twenty digits, for the closed form to be checked against.
import Numerics

/// Computed with mpmath 1.3 at 60 digits: the exponential of the matrix of rates by its series after halving (scaling and squaring), with
/// an infusion as one more state of rate zero. The constants are the binary numbers that stand here.
struct CompartmentFigure: CustomStringConvertible, Sendable {
    var description: String
    var shape: CompartmentShape
    var rates: CompartmentRates
    var start: [Double]
    var infusion: Double
    var time: Double
    var amounts: [Double]

    static let all: [CompartmentFigure] = [
        CompartmentFigure(
            description: "one compartment, infused", shape: CompartmentShape(1),
            rates: CompartmentRates(k10: 0.3),
            start: [5.0], infusion: 2.0, time: 4.0,
            amounts: [6.1646763134796633224]),
        CompartmentFigure(
            description: "one that loses nothing", shape: CompartmentShape(1),
            rates: CompartmentRates(k10: 0.0),
            start: [5.0], infusion: 2.0, time: 4.0,
            amounts: [13.0]),
        CompartmentFigure(
            description: "one that hardly loses", shape: CompartmentShape(1),
            rates: CompartmentRates(k10: 1e-06),
            start: [0.0], infusion: 2.0, time: 4.0,
            amounts: [7.999984000021333312]),
        CompartmentFigure(
            description: "two", shape: CompartmentShape(2),
            rates: CompartmentRates(k10: 0.5, k12: 1.0, k21: 0.7),
            start: [100.0, 10.0], infusion: 3.0, time: 2.5,
            amounts: [24.128814640606954415, 41.83523943382238137]),
        CompartmentFigure(
            description: "two, of which the second is all but cut off", shape: CompartmentShape(2),
            rates: CompartmentRates(k10: 0.5, k12: 1e-12, k21: 0.5),
            start: [100.0, 0.0], infusion: 3.0, time: 2.5,
            amounts: [32.931450904828323623, 7.589056969976792509e-11]),
        CompartmentFigure(
            description: "two that lose nothing", shape: CompartmentShape(2),
            rates: CompartmentRates(k10: 0.0, k12: 1.0, k21: 0.7),
            start: [100.0, 10.0], infusion: 3.0, time: 25.0,
            amounts: [77.214532871972315569, 107.78546712802768443]),
        CompartmentFigure(
            description: "docetaxel, infused", shape: CompartmentShape(3),
            rates: CompartmentRates(k10: 4.428399518652226, k12: 1.07, k21: 1.74, k13: 1.28, k31: 0.0787),
            start: [0.0, 0.0, 0.0], infusion: 222.8, time: 1.0,
            amounts: [36.986680331368319887, 16.703601538895574348, 36.94069449130766763]),
        CompartmentFigure(
            description: "docetaxel, three weeks on", shape: CompartmentShape(3),
            rates: CompartmentRates(k10: 4.428399518652226, k12: 1.07, k21: 1.74, k13: 1.28, k31: 0.0787),
            start: [30.0, 11.0, 26.0], infusion: 0.0, time: 503.0,
            amounts: [2.6648860667664786083e-14, 1.6980267213347118741e-14, 1.8992668803538083875e-12]),
        CompartmentFigure(
            description: "three with equal returns", shape: CompartmentShape(3),
            rates: CompartmentRates(k10: 0.4, k12: 1.0, k21: 0.25, k13: 0.6, k31: 0.25),
            start: [10.0, 3.0, 40.0], infusion: 7.0, time: 6.0,
            amounts: [10.87321920370171087, 32.290309778844572384, 27.897757984976762193]),
        CompartmentFigure(
            description: "three with returns a billionth apart", shape: CompartmentShape(3),
            rates: CompartmentRates(k10: 0.4, k12: 1.0, k21: 0.25, k13: 0.6, k31: 0.25000000025),
            start: [10.0, 3.0, 40.0], infusion: 7.0, time: 6.0,
            amounts: [10.873219206087606419, 32.290309787787732213, 27.897757966516993199]),
        CompartmentFigure(
            description: "three with rates over eight decades", shape: CompartmentShape(3),
            rates: CompartmentRates(k10: 200.0, k12: 30.0, k21: 5.0, k13: 0.001, k31: 1e-06),
            start: [10.0, 3.0, 40.0], infusion: 7.0, time: 1000.0,
            amounts: [0.035000024975207173515, 0.21000014985127301119, 39.995066235084547171]),
        CompartmentFigure(
            description: "a depot as fast as the elimination", shape: CompartmentShape(1, hasDepot: true),
            rates: CompartmentRates(k10: 0.5, ka: 0.5),
            start: [100.0, 0.0], infusion: 0.0, time: 3.0,
            amounts: [22.313016014842982893, 33.46952402226447434]),
        CompartmentFigure(
            description: "a depot a ten-thousandth slower", shape: CompartmentShape(1, hasDepot: true),
            rates: CompartmentRates(k10: 0.5, ka: 0.49995),
            start: [100.0, 20.0], infusion: 1.0, time: 3.0,
            amounts: [22.316363218279190681, 39.485030041317094908]),
        CompartmentFigure(
            description: "a depot two thousandths faster", shape: CompartmentShape(1, hasDepot: true),
            rates: CompartmentRates(k10: 0.5, ka: 0.501),
            start: [100.0, 20.0], infusion: 1.0, time: 3.0,
            amounts: [22.24617727503720988, 39.502551525363987028]),
        CompartmentFigure(
            description: "a depot before two", shape: CompartmentShape(2, hasDepot: true),
            rates: CompartmentRates(k10: 0.5, k12: 1.0, k21: 0.7, ka: 2.0),
            start: [100.0, 20.0, 5.0], infusion: 1.0, time: 3.0,
            amounts: [0.2478752176666358423, 25.043137988550473413, 43.771687905694897042]),
        CompartmentFigure(
            description: "a depot before three", shape: CompartmentShape(3, hasDepot: true),
            rates: CompartmentRates(k10: 0.4, k12: 1.0, k21: 0.25, k13: 0.6, k31: 0.03, ka: 0.25),
            start: [100.0, 20.0, 5.0, 1.0], infusion: 1.0, time: 9.0,
            amounts: [10.539922456186433678, 6.7897493685133359218, 32.06142733445435287, 48.530424322558757723]),
    ]
}
