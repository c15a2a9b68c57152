import { Module } from "@nestjs/common";
import { ConfigModule, ConfigService } from "@nestjs/config";
import { TypeOrmModule } from "@nestjs/typeorm";
import { Order } from "./order.entity";

@Module({
  imports: [
    ConfigModule.forRoot(),
    TypeOrmModule.forRoot({ // want hint "`TypeOrmModule.forRoot\(\)` sets no `application_name`"
      type: "postgres",
      host: "db.internal",
      port: 6432,
      entities: [Order],
    }),
    TypeOrmModule.forRootAsync({ // want hint "`TypeOrmModule.forRootAsync\(\)` sets no `application_name`"
      name: "reports",
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        type: "postgres",
        host: config.get("REPORTS_HOST"),
        entities: [Order],
      }),
    }),
  ],
})
export class AppModule {}
