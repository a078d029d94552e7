package io.alexstream.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.platform.commons.annotation.Testable;

/** Names that explain, and names that the build looks for; main code, tests, the demo and the benchmark alike. */
@AnalyzeClasses(packages = {"io.alexstream.job", "io.alexstream.demo", "io.alexstream.bench"})
class NamingTest {

    @ArchTest
    static final ArchRule packagesAreNamedAfterTheirRole = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..impl..", "..manager..");

    @ArchTest
    static final ArchRule classesAreNamedAfterWhatTheyAre =
            noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager)");

    /** Surefire and failsafe find tests by name: under another one they would never run, and nobody would see it. */
    @ArchTest
    static final ArchRule testsHaveNamesThatTheBuildFinds =
            methods().that().areMetaAnnotatedWith(Testable.class).should(standInAClassNamedTestOrITCase());

    private static ArchCondition<JavaMethod> standInAClassNamedTestOrITCase() {
        return new ArchCondition<>("stand in a class named *Test (surefire) or *ITCase (failsafe)") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                String name = method.getOwner().getName().replaceFirst("\\$.*", "");
                if (!name.endsWith("Test") && !name.endsWith("ITCase")) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " would never run"));
                }
            }
        };
    }
}
