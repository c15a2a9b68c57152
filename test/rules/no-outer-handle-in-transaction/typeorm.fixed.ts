import { Column, Entity, type EntityManager, PrimaryGeneratedColumn, type Repository } from "typeorm";
import { InjectRepository } from "@nestjs/typeorm";
import { dataSource } from "./typeorm-db.ts";

@Entity()
class Order {
  @PrimaryGeneratedColumn() id!: number;
  @Column() item!: string;
}

async function insert(item: string, manager: EntityManager = dataSource.manager) {
  await manager.insert(Order, { item });
}

export async function placeOrder(item: string) {
  await dataSource.transaction(async (manager) => {
    await manager.save(Order, { item });
    await manager.save(Order, { item });
    await manager.getRepository(Order).find();
    await manager.query("select 1");
    await manager.getRepository(Order).find();
    await insert(item, manager);
    await manager.query("select 1");
  });
}

export class Orders {
  constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}

  async place(item: string) {
    await this.orders.manager.transaction(async (manager) => {
      await manager.withRepository(this.orders).save({ item });
      await manager.withRepository(this.orders).save({ item });
      await this.note(item);
    });
  }

  private async note(item: string) {
    await this.orders.update({ item }, { item });
  }
}

export async function byHand(item: string) {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  await runner.startTransaction();
  try {
    await runner.manager.save(Order, { item });
    await runner.query("select 1");
    await runner.manager.save(Order, { item });
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}
