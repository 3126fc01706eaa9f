// Makes a FHIR bundle of any size, to see what importing one costs.
import Glibc

/// A bundle of the shape and verbosity of Synthea's, as large as one likes, written without being held in memory.
public enum LargeBundle {
    /// Writes the file; its path.
    public static func write(to path: String, megabytes: Int) throws -> String {
        guard let handle = fopen(path, "w") else { throw RawSQLError(text: "cannot make \(path)") }
        defer { fclose(handle) }
        var written = Int(fputs("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[\n", handle))
        var patient = 0
        while written < megabytes * 1_000_000 {
            var text = patient == 0 ? "" : ",\n"
            text +=
                "{\"fullUrl\":\"urn:uuid:p\(patient)\",\"resource\":{\"resourceType\":\"Patient\","
            text += "\"id\":\"p\(patient)\",\"gender\":\"female\","
            text += "\"birthDate\":\"19\(50 + patient % 40)-04-17\",\"name\":[{\"family\":\"Person\(patient)\",\"given\":[\"Ada\"]}]}}"
            for index in 0..<200 { text += ",\n" + resource(patient, index) }
            fputs(text, handle)
            written += text.utf8.count
            patient += 1
        }
        fputs("\n]}\n", handle)
        return path
    }

    private static func resource(_ patient: Int, _ index: Int) -> String {
        let head = "{\"fullUrl\":\"urn:uuid:o\(patient)-\(index)\",\"resource\":{\"id\":\"o\(patient)-\(index)\",\"resourceType\":"
        let subject =
            "\"subject\":{\"reference\":\"urn:uuid:p\(patient)\"},\"meta\":{\"tag\":[{\"system\":\"https://example.org\",\"code\":\"t\"}]}"
        if index % 4 == 3 {
            // Synthea's claims are the bulk of its files, and all of it is left.
            let items = (1...3).map {
                "{\"sequence\":\($0),\"productOrService\":{\"text\":\"Encounter for problem (procedure)\"},\"net\":{\"value\":125.00}}"
            }
            return head + "\"Claim\",\"status\":\"active\",\"item\":[" + items.joined(separator: ",") + "],\(subject)}}"
        }
        return head + """
            "Observation","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
            "code":"laboratory","display":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"18262-6",
            "display":"Low Density Lipoprotein Cholesterol"}],"text":"Low Density Lipoprotein Cholesterol"},\(subject),
            "effectiveDateTime":"20\(10 + index % 16)-0\(1 + index % 9)-1\(index % 10)T14:55:50+02:00",
            "issued":"2016-06-25T14:55:50.239+02:00",
            "valueQuantity":{"value":\(90 + index % 60).\(index % 10)0,"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"}}}
            """
    }
}
