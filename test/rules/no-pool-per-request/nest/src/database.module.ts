import { Module } from "@nestjs/common";
import { ConfigService } from "@nestjs/config";
import { Pool } from "pg";

export const PG_POOL = Symbol("PG_POOL");

@Module({
  providers: [
    {
      provide: PG_POOL,
      inject: [ConfigService],
      useFactory: (config: ConfigService) => {
        const pool = new Pool({ connectionString: config.getOrThrow("DATABASE_URL"), application_name: "orders-api" });
        pool.on("error", (error) => console.error(error.message));
        return pool;
      },
    },
  ],
  exports: [PG_POOL],
})
export class DatabaseModule {}
