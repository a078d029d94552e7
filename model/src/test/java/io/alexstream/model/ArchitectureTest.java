package io.alexstream.model;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The side module shares decoder and runtime with serving, and knows nothing of streams of Flink. */
@AnalyzeClasses(packages = "io.alexstream.model", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theSideModuleNeverMeetsTheJob = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.alexstream.flink..", "io.alexstream.job..", "io.alexstream.demo..");

    @ArchTest
    static final ArchRule modelsRunThroughTheLibrary =
            noClasses().should().dependOnClassesThat().resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule jsonGoesThroughTheContract = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..", "org.apache.flink.shaded..");

    /** Of Flink, only the file systems that the library reads through as well. */
    @ArchTest
    static final ArchRule onlyFlinksFileSystemsAreUsed = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.apache.flink..").and(resideOutsideOfPackage("org.apache.flink.core.fs")));

    /** A trainer and the exporter read the same table. */
    @ArchTest
    static final ArchRule networksKnowNothingElse = classes()
            .that()
            .resideInAPackage("io.alexstream.model.network")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.alexstream.model.network", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule onlyExportKnowsTheFormatOfOnnx = noClasses()
            .that()
            .resideOutsideOfPackage("io.alexstream.model.export..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..", "org.tribuo..");

    /** The other commands run where libtorch does not. */
    @ArchTest
    static final ArchRule onlyTheTrainerKnowsLibtorch = noClasses()
            .that()
            .resideOutsideOfPackage("io.alexstream.model.train..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackages("io.alexstream.model", "io.alexstream.model.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.alexstream.model.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageSaysItsRoleAndIsNullMarked = classes().should(resideInANullMarkedPackage());

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package with a package-info.java that says @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                }
            }
        };
    }
}
