package dev.muster.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kie.api.io.ResourceType;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.io.ResourceFactory;

class NoRuleTextCompilerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.drools.drl.parser.DrlParser",
        "org.drools.mvel.MVELConstraintBuilder",
        "org.drools.ecj.EclipseJavaCompiler",
        "org.drools.decisiontable.DecisionTableProviderImpl",
        "org.mvel2.MVEL",
        "org.mvel.MVEL",
        "org.eclipse.jdt.internal.compiler.Compiler",
      })
  void hasNoCompilerOnTheClassPath(String compiler) {
    assertThatThrownBy(() -> Class.forName(compiler)).isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void cannotCompileRuleText() {
    var ran = "muster.test.rule-text-ran";
    var text = "rule x when then System.setProperty(\"" + ran + "\", \"yes\"); end";

    assertThatThrownBy(
            () -> {
              var builder = KnowledgeBuilderFactory.newKnowledgeBuilder();
              builder.add(ResourceFactory.newByteArrayResource(text.getBytes()), ResourceType.DRL);
              if (builder.hasErrors()) {
                throw new IllegalStateException(builder.getErrors().toString());
              }
              builder.newKieBase().newStatelessKieSession().execute("fact");
            })
        .isInstanceOf(NoClassDefFoundError.class);
    assertThat(System.getProperty(ran)).isNull();
  }
}
