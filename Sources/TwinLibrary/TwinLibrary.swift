// The registry: every twin of the house by its name. Adding one means one line here.
import Twins

public enum TwinLibrary {
    public static let models: [any TwinModel] = [
        LiverMetastases(), AlzheimerCourse(), TumourAvatar(), ThreeCloneAvatar(), CompetitionAvatar(),
    ]

    /// The model of a name.
    /// - Throws: `.unknownModel` with the names there are.
    public static func model(named name: String) throws(TwinError) -> any TwinModel {
        guard let model = models.first(where: { $0.id == name }) else { throw .unknownModel(name, known: models.map(\.id)) }
        return model
    }
}
