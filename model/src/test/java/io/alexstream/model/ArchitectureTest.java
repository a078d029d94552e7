package io.alexstream.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The rules of dependency within this module, and towards the operators. */
@AnalyzeClasses(packages = "io.alexstream.model", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule networksKnowNothingElse = classes()
            .that()
            .resideInAPackage("io.alexstream.model.network")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.alexstream.model.network", "java..", "org.jspecify..")
            .because("a trainer and the exporter read the same table");

    @ArchTest
    static final ArchRule onlyTheExporterKnowsProtobuf = noClasses()
            .that()
            .resideOutsideOfPackage("io.alexstream.model.export")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule onlyCommandsKnowPicocli = noClasses()
            .that()
            .resideOutsideOfPackages("io.alexstream.model.cli", "io.alexstream.model")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule runtimeAndJsonComeFromTheOperators = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnxruntime..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule neverTheFlinkAdapter =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.alexstream.flink..");

    @ArchTest
    static final ArchRule noCycles = SlicesRuleDefinition.slices()
            .matching("io.alexstream.model.(*)..")
            .should()
            .beFreeOfCycles();
}
