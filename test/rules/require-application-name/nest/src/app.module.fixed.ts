import { Module } from "@nestjs/common";
import { ConfigModule, ConfigService } from "@nestjs/config";
import { TypeOrmModule } from "@nestjs/typeorm";
import { Order } from "./order.entity";

@Module({
  imports: [
    ConfigModule.forRoot(),
    TypeOrmModule.forRoot({
      type: "postgres",
      host: "db.internal",
      port: 6432,
      entities: [Order],
      applicationName: "orders-api",
    }),
    TypeOrmModule.forRootAsync({
      name: "reports",
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        type: "postgres",
        host: config.get("REPORTS_HOST"),
        entities: [Order],
        applicationName: "orders-api",
      }),
    }),
  ],
})
export class AppModule {}
