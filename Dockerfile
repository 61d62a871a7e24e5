# Built where there is a Docker engine: docker build -t muster .
FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY bpmn bpmn
COPY rules rules
COPY src/main src/main
RUN mvn -B -ntp -Dmaven.test.skip=true package

FROM eclipse-temurin:21-jre
RUN useradd --system --create-home muster
USER muster
WORKDIR /home/muster
COPY --from=build /src/target/muster-*.jar muster.jar
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD wget -qO- http://127.0.0.1:8080/actuator/health || exit 1
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "muster.jar"]
